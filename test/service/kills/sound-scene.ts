/**
 * What a service finds that was killed at its worst: a talk recorded by order and not yet taken over, a destroyed call whose
 * sound is still there, and a gap with two calls in the PBX's history whose files nobody named.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSoundFile } from '../../../src/recordings/vault/sound-name.ts';
import { newId } from '../../../src/storage/new-id.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { openSqlite } from '../../../src/storage/sqlite.ts';
import { wavHeader } from '../../recordings/wav-file.ts';
import { OFFICE, PBX, RULES } from '../../storage/office.ts';
import { answeredCall, NOON, telling } from '../../storage/telling.ts';
import { keptCall, write } from '../sound-bed.ts';
import { runSound } from './run-sound.ts';
import { ORDERED } from './scene-folder.ts';

/** As the PBX names its folder. */
const MONITOR = '/var/spool/asterisk/monitor';
const SECOND = NOON / 1_000;
const DESTROYED = `${SECOND + 100}.0`;
const RECOVERED = [`${SECOND + 3_600}.0`, `${SECOND + 3_660}.0`] as const;
const DAY = '2026/11/23';

/** Makes a scene in `folder`. Everything in it may be copied elsewhere and used there. */
export async function makeScene(folder: string): Promise<void> {
  for (const name of ['monitor', 'recordings', 'copy']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'dutyline.yaml'), SERVICE);
  const store = await openStore({ database: join(folder, 'db.sqlite'), rules: RULES });
  await write(store, [{ type: 'office-import', office: OFFICE, at: 0 }]);
  await keptCall(store, join(folder, 'recordings'), DESTROYED);
  await store.close();
  await runSound(folder, () => undefined);
  await addWork(folder);
}

/** What is to be done: written behind the back of a service that is down. */
async function addWork(folder: string): Promise<void> {
  const store = await openStore({ database: join(folder, 'db.sqlite'), rules: RULES });
  const call = (await store.soundTrails(PBX, NOON - 1_000, NOON + 1e6))[0]?.call ?? '';
  const hand = (name: string) => ({ account: name, person: name });
  const known = { type: 'recording-known', recording: newId(), pbx: PBX, at: NOON } as const;
  await write(store, [
    { type: 'destroy', subject: call, by: [hand('zhang'), hand('wang')], reason: '误录', at: NOON },
    ...answeredCall(ORDERED),
    {
      type: 'recording-report',
      report: {
        ...known,
        linkedid: ORDERED,
        uniqueid: ORDERED,
        part: 'talk',
        mode: 'ami',
        pbxPath: `${MONITOR}/${ORDERED}.wav`,
      },
    },
    gap(NOON + 3_000_000, NOON + 4_000_000),
  ]);
  await store.close();
  for (const side of ['', '-caller', '-desk']) putTone(folder, `${ORDERED}${side}.wav`, 4);
  for (const id of RECOVERED)
    putTone(folder, `${DAY}/external-1001-09542035678-20261123-130001-${id}.wav`, 3);
  writeFileSync(join(folder, 'cel.csv'), RECOVERED.map(celOf).join(''));
}

export function copyScene(from: string, to: string): void {
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
}

/** Everything that is not as it should be once the work is done, one sentence each. */
export async function faultsIn(folder: string): Promise<readonly string[]> {
  const db = openSqlite(join(folder, 'db.sqlite'), 'read');
  const [calls, drafts, recordings, facts, effects, reports] = await Promise.all([
    db.selectFrom('calls').select('linkedid').execute(),
    db.selectFrom('records').select('call_id').execute(),
    db.selectFrom('recordings').selectAll().execute(),
    db.selectFrom('facts').select(['stream_id', 'kind']).where('stream', '=', 'recording').execute(),
    db.selectFrom('pending_effects').select(['kind', 'reason']).execute(),
    db.selectFrom('gap_reports').select(['recovered', 'not_recoverable']).execute(),
  ]);
  await db.destroy();
  const faults: string[] = [];
  const should = (what: string, is: unknown, wanted: unknown) => {
    if (JSON.stringify(is) !== JSON.stringify(wanted))
      faults.push(`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(wanted)}`);
  };
  const all = [ORDERED, DESTROYED, ...RECOVERED].sort();
  should('calls', calls.map(({ linkedid }) => linkedid).sort(), all);
  should('drafts', new Set(drafts.map((draft) => draft.call_id)).size, drafts.length);
  should('recordings', recordings.map(({ linkedid }) => linkedid).sort(), all);
  should('left to do', effects, []);
  should('gap reports', reports, [{ recovered: 2, not_recoverable: 0 }]);
  const expected: string[] = [];
  for (const row of recordings) {
    for (const kind of ['recording-attached', 'recording-processed']) {
      const times = facts.filter((fact) => fact.stream_id === row.id && fact.kind === kind).length;
      should(`${kind} of ${row.linkedid}`, times, 1);
    }
    if (row.linkedid === DESTROYED) continue;
    const judgement = JSON.parse(row.judgement_json ?? '{}') as {
      readonly measure?: { readonly sides: readonly { readonly side: string }[] };
    };
    const sides = row.linkedid === ORDERED ? ['caller', 'room'] : ['mixed'];
    should(
      `sides of ${row.linkedid}`,
      judgement.measure?.sides.map(({ side }) => side),
      sides,
    );
    should(`state of ${row.linkedid}`, [row.state, row.copy_state], ['attached', 'verified']);
    should(`digest of ${row.linkedid}`, digestOf(join(folder, 'recordings', row.file ?? '')), row.sha256);
    const endings = [...(row.linkedid === ORDERED ? ['caller.wav', 'room.wav'] : []), 'opus', 'peaks', 'wav'];
    expected.push(...endings.map((ending) => `${row.id}.${ending}`));
  }
  for (const place of ['recordings', 'copy']) should(place, soundsIn(join(folder, place)), expected.sort());
  return faults;
}

/** Names of whole files of sound; what was broken off in the middle is swept by night. */
function soundsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => readSoundFile(path) !== null)
    .map((path) => path.slice(path.lastIndexOf('/') + 1))
    .sort();
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** A file that stands still since long. */
function putTone(folder: string, name: string, seconds: number): void {
  const samples = Int16Array.from({ length: seconds * 8_000 }, (_, n) =>
    Math.round(9_000 * Math.sin((2 * Math.PI * 700 * n) / 8_000)),
  );
  const path = join(folder, 'monitor', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    [wavHeader({ length: 44 + samples.byteLength }), samples].reduce<Buffer>(
      (whole, part) => Buffer.concat([whole, Buffer.from(part.buffer)]),
      Buffer.alloc(0),
    ),
  );
  utimesSync(path, SECOND + 10, SECOND + 10);
}

function gap(from: number, to: number) {
  const stamp = {
    pbx: PBX,
    uniqueid: '',
    linkedid: '',
    generation: 1,
    pbxAt: null,
    receivedAt: to,
  };
  return telling(ORDERED).step([], {
    pbxFacts: [
      { ...stamp, kind: 'gap-opened', reason: 'link-down', at: from, factKey: `${PBX}||gap-opened|${from}` },
      {
        ...stamp,
        kind: 'gap-closed',
        at: to,
        from,
        to,
        missedCalls: 2,
        pbxRestarted: false,
        factKey: `${PBX}||gap-closed|${to}`,
      },
    ],
  });
}

/** A call on the duty line, answered by a phone, in the layout of `config/asterisk/cel_custom.conf`. */
function celOf(linkedid: string): string {
  const phone = `${linkedid.replace('.0', '.1')}`;
  const at = Number(linkedid.split('.')[0]);
  const row = (event: string, after: number, uniqueid: string, channel: string, exten: string) =>
    [
      event,
      `${at + after}.000000`,
      '',
      '09542035678',
      '',
      '',
      exten,
      'in',
      channel,
      '',
      '',
      uniqueid,
      linkedid,
      '',
      '',
    ]
      .map((text) => `"${text}"`)
      .join(',');
  const trunk = ['PJSIP/telco-1', '2030000'] as const;
  const desk = ['PJSIP/1001-2', 's'] as const;
  return [
    row('CHAN_START', 0, linkedid, ...trunk),
    row('CHAN_START', 1, phone, ...desk),
    row('ANSWER', 2, phone, ...desk),
    row('ANSWER', 2, linkedid, ...trunk),
    row('HANGUP', 5, linkedid, ...trunk),
    row('CHAN_END', 5, linkedid, ...trunk),
    row('HANGUP', 5, phone, ...desk),
    row('CHAN_END', 5, phone, ...desk),
    row('LINKEDID_END', 5, phone, ...desk),
    '',
  ].join('\n');
}

const SERVICE = `
storage: { database: db.sqlite, recordings: recordings, state: ., secondCopy: { folder: copy } }
pbxs:
  - id: ${PBX}
    host: 192.0.2.10
    listen: { username: l, secretEnv: LISTEN }
    trunks: [PJSIP/telco]
    recordings: { base: ${MONITOR}, local: monitor }
    history: { csv: { cel: cel.csv } }
`;
