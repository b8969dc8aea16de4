/** 保存期限: what the office's policy lets go, each deletion told. What is protected stays for ever. */
import type { RetentionConfig } from '../config/config.ts';
import type { Office } from '../duty/office.ts';
import { erasePlaces, eraseRecording } from '../recordings/vault/erase.ts';
import { deletionsDue, type Retained } from '../recordings/vault/retention.ts';
import type { SoundTrouble } from '../recordings/vault/sound-trouble.ts';
import type { KeptProbeSound } from '../storage/probe-sound-reads.ts';
import type { KeptSoundRow } from '../storage/store/recordings.ts';
import type { Store } from '../storage/store.ts';
import type { Work, WorkResult } from '../storage/work.ts';
import type { Log } from '../web/log.ts';
import { allKept, type CareDeps } from './sound-care.ts';

export interface LetGoDeps extends CareDeps {
  readonly store: CareDeps['store'] & Pick<Store, 'keptProbeSounds'>;
  readonly work: (work: Work) => Promise<WorkResult>;
  readonly office: Office;
  readonly rules: RetentionConfig['rules'];
  readonly log: Log;
}

/**
 * Deletes what is due, oldest first; returns how many. Nothing is due without rules. While the second copy is away nothing
 * is deleted at all: a recording that is gone here and lies there would look like a lost one. The next night tries again.
 */
export async function letGo(deps: LetGoDeps): Promise<number> {
  const { store, rules, office, library, copy, now, work, log } = deps;
  if (rules.length === 0) return 0;
  const kept: Retained[] = [];
  for await (const row of allKept(store)) kept.push(retained(row, office));
  const probes = new Set<string>();
  for await (const row of allProbeSounds(store)) {
    probes.add(row.id);
    kept.push(retainedProbe(row, office));
  }
  const due = deletionsDue(kept, rules, now());
  const away = due.length === 0 ? null : await troubleOfCopy(copy);
  if (away !== null) {
    log('warn', 'retention-put-off', { due: due.length, reason: away.en });
    return 0;
  }
  const places = erasePlaces(library, copy);
  let gone = 0;
  for (const { recording, ageDays, rule, zh } of due) {
    const { isComplete } = await eraseRecording(recording, places);
    // It went away in between: the row stays, and the next night tries again.
    if (!isComplete) continue;
    // Before the report: whoever is stopped in between says it twice rather than never.
    await work({
      type: 'audit',
      at: now(),
      account: null,
      person: null,
      kind: 'recording-deleted-by-policy',
      subject: recording,
      payload: { rule: rule.kind, unit: rule.unit, days: rule.days, ageDays, said: zh },
    });
    if (probes.has(recording)) await work({ type: 'probe-sound-expired', probe: recording });
    else await deps.report({ type: 'recording-expired', recording, at: now() });
    gone += 1;
  }
  if (gone > 0) log('info', 'recordings-deleted-by-policy', { count: gone });
  return gone;
}

async function troubleOfCopy(copy: LetGoDeps['copy']): Promise<SoundTrouble | null> {
  const place = await copy?.place();
  return place === undefined || place.state === 'ready' ? null : place.trouble;
}

function retained(row: KeptSoundRow, office: Office): Retained {
  const files = [...row.sides, row.judgement?.playable, row.judgement?.peaks];
  const made = files.flatMap((file) => file?.bytes ?? []);
  return {
    recording: row.id,
    units: unitsOf(row.room, office),
    part: row.part,
    protectedBy: row.protectedBy,
    at: row.knownAt,
    bytes: made.reduce((sum, bytes) => sum + bytes, row.bytes ?? 0),
  };
}

async function* allProbeSounds(store: LetGoDeps['store']): AsyncGenerator<KeptProbeSound> {
  for (let after: string | null = null; ; ) {
    const page: readonly KeptProbeSound[] = await store.keptProbeSounds(after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}

const PAGE = 500;

function retainedProbe({ id, room, protectedBy, at, bytes }: KeptProbeSound, office: Office): Retained {
  return { recording: id, units: unitsOf(room, office), part: 'probe', protectedBy, at, bytes };
}

/** The unit of a room, then each above it. */
function unitsOf(room: string | null, office: Office): readonly string[] {
  const units: string[] = [];
  let at = office.rooms.find((one) => one.id === room)?.unit ?? null;
  while (at !== null && !units.includes(at)) {
    units.push(at);
    at = office.units.find((unit) => unit.id === at)?.parent ?? null;
  }
  return units;
}
