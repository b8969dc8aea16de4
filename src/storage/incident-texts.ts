/** The words of incidents, one row for each fact: they can be erased, the fact and its digest stay (D11). */
import type { IncidentAsk } from '../duty/incident-decide.ts';
import type { Desk } from './desk.ts';
import { newSalt, saltedDigest } from './digest.ts';
import type { IncidentTextTable } from './incident-tables.ts';

/** What was typed; which of them there are depends on the kind of the fact. */
export interface IncidentTexts {
  readonly title?: string;
  readonly text?: string;
  readonly to?: string;
  readonly receiver?: string;
  readonly signer?: string;
  readonly from?: string;
  readonly reason?: string;
  readonly asked?: string;
}

/** The words of a step. */
export function textsOf(ask: IncidentAsk): IncidentTexts {
  switch (ask.type) {
    case 'open':
    case 'correct':
      return { title: clean(ask.title), text: clean(ask.text) };
    case 'report':
      return {
        to: clean(ask.to),
        receiver: clean(ask.receiver),
        signer: clean(ask.signer),
        text: clean(ask.text),
      };
    case 'inquiry':
      return { from: clean(ask.from), text: clean(ask.text) };
    case 'answer':
      return { text: clean(ask.text) };
    case 'withdraw':
    case 'close':
    case 'reopen':
      return { reason: clean(ask.reason) };
    case 'link-call':
    case 'acknowledge':
      return {};
  }
}

/** As PostgreSQL can keep it. */
export function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().trim();
}

interface Written {
  readonly subject: string;
  readonly kind: string;
  readonly ref: string | null;
  readonly texts: IncidentTexts;
  readonly person: string | null;
  readonly name: string | null;
  readonly at: number;
}

/** Keeps them; answers what the fact says of them. */
export async function keepTexts(
  desk: Desk,
  { subject, kind, ref, texts, person, name, at }: Written,
): Promise<{ readonly text: string; readonly digest: string }> {
  const id = desk.newId();
  const salt = newSalt();
  const texts_json = JSON.stringify(texts);
  await desk.db
    .insertInto('incident_texts')
    .values({
      ...{ id, subject_id: subject, kind, ref, texts_json, salt },
      ...{ by_person: person, by_name: name, at },
    })
    .execute();
  return { text: id, digest: saltedDigest(salt, texts_json) };
}

export function readTexts({ texts_json }: Pick<IncidentTextTable, 'texts_json'>): IncidentTexts {
  return JSON.parse(texts_json) as IncidentTexts;
}

/** With the record they came from, every word of its incidents goes. */
export async function eraseTextsOfRecord(desk: Pick<Desk, 'db'>, record: string): Promise<void> {
  const own = await desk.db.selectFrom('incidents').select('id').where('record_id', '=', record).execute();
  for (const subject of [record, ...own.map(({ id }) => id)]) await eraseTexts(desk, subject);
}

/** Of an incident, or of the 不需上报 of a record. */
export async function eraseTexts({ db }: Pick<Desk, 'db'>, subject: string): Promise<void> {
  await db
    .updateTable('incident_texts')
    .set({ texts_json: '{}' })
    .where('subject_id', '=', subject)
    .execute();
}

export async function hasIncident({ db }: Pick<Desk, 'db'>, record: string): Promise<boolean> {
  const row = await db
    .selectFrom('incidents')
    .select('id')
    .where('record_id', '=', record)
    .executeTakeFirst();
  return row !== undefined;
}
