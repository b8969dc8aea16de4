/** The same calls twice: as a DutyLine that listened told them, and as another one recovered them from what the PBX kept. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../../src/calls/call.ts';
import type { CallSummary } from '../../src/calls/call-summary.ts';
import { callOf, evolve } from '../../src/calls/evolve.ts';
import { summaryOf } from '../../src/calls/summary.ts';
import { backfill, type GapReport } from '../../src/history/backfill.ts';
import type { CdrRow, CelRow, HistoryReader } from '../../src/history/cel-row.ts';
import { writeClock } from '../../src/history/pbx-clock.ts';
import type { Store } from '../../src/storage/store.ts';
import type { CallStepWork } from '../../src/storage/work.ts';
import type { Office } from '../bed/office.ts';
import { playStory } from '../bed/scenarios/play-story.ts';
import { SETUP, type Story } from '../bed/scenarios/story.ts';
import { explained } from '../cli/explained.ts';

export const ZONE = 'Asia/Shanghai';

/** What both know. CEL cannot tell when a phone began to ring, nor what the caller heard before the answer. */
const COMPARED = [
  'direction',
  'dialled',
  'outcome',
  'answeredBy',
  'hungUpBy',
  'leftPremises',
  'leftTo',
  'transfers',
  'complete',
] as const satisfies readonly (keyof CallSummary)[];

/** Plays the stories one after the other while a listener captures; gives back what its tracker says of each call. */
export async function listenedTo(
  office: Office,
  stories: readonly Story[],
  folder: string,
): Promise<CallSummary[]> {
  const calls: CallSummary[] = [];
  for (const [index, story] of stories.entries()) {
    const { bytes } = await playStory(office, story);
    const file = join(folder, `${office.ami.host}-${index}.ami`);
    writeFileSync(file, bytes);
    const { line, dids, phones, trunks } = SETUP;
    const options = { line, dids: dids.join(','), phones: phones.join(','), trunks: trunks.join(',') };
    calls.push(...(await explained(options, file)).calls);
  }
  return calls;
}

/** Recovers the stretch into a store. */
export async function recover(
  store: Store,
  reader: HistoryReader,
  pbx: string,
  stretch: { readonly from: number; readonly to: number },
): Promise<{ readonly report: GapReport; readonly calls: readonly CallSummary[] }> {
  const works: CallStepWork[] = [];
  const { trunks, line: number, dids, phones } = SETUP;
  const line = { id: 'line', room: '', number, dids, trunks: [], phones, recording: 'none' as const };
  const found = await backfill({
    ...stretch,
    store,
    async write(work) {
      if (work.type === 'call-step') works.push(work);
      const [answer] = await store.write([work]);
      if (answer === undefined) throw new Error('no answer');
      return answer;
    },
    setup: { pbx, trunks, lines: [line] },
    reader,
    pbx,
    now: stretch.to + 3_600_000,
    offsetMs: 0,
    progress: () => undefined,
  });
  if (!found.ok) throw new Error(found.reason);
  return { report: found.report, calls: works.flatMap(callsOf).map(summaryOf) };
}

/** One sentence for each call that is not told alike; `linkedId` ties the two together. */
export function differences(live: readonly CallSummary[], kept: readonly CallSummary[]): readonly string[] {
  const keptOf = new Map(kept.map((call) => [call.linkedId, call]));
  const unlike = live.flatMap((call) => {
    const twin = keptOf.get(call.linkedId);
    keptOf.delete(call.linkedId);
    if (twin === undefined) return [`${call.linkedId} was not recovered`];
    const fields = COMPARED.filter((field) => JSON.stringify(call[field]) !== JSON.stringify(twin[field]));
    return fields.map(
      (field) =>
        `${call.linkedId} ${field}: live ${JSON.stringify(call[field])}, kept ${JSON.stringify(twin[field])}`,
    );
  });
  return [...unlike, ...[...keptOf.keys()].map((id) => `${id} was recovered, nobody heard it`)];
}

function callsOf({ facts }: CallStepWork): readonly Call[] {
  const calls = new Map<string, Call>();
  for (const fact of facts) {
    const before = calls.get(fact.linkedid);
    if (fact.kind === 'call-arrived') calls.set(fact.linkedid, callOf(fact));
    else if (before !== undefined) calls.set(fact.linkedid, evolve(before, fact));
  }
  return [...calls.values()].filter((call) => call.ending?.kind !== 'joined');
}

/** `insert` of rows into FreePBX's `cel`, as its ODBC back end does it: whole seconds of local time. */
export function celInsert(rows: readonly CelRow[], dialect: 'mysql' | 'postgres'): string {
  const quoted = quotedFor(dialect);
  const values = rows.map((row) => {
    const { eventType, at, cidName, cidNum, cidRdnis, cidDnid, exten, context, channel, appName, appData } =
      row;
    const texts = [
      eventType,
      writeClock(at, ZONE),
      cidName,
      cidNum,
      cidRdnis,
      cidDnid,
      exten,
      context,
      channel,
    ];
    const { uniqueId, linkedId, peer, extra } = row;
    return `(${[...texts, appName, appData, uniqueId, linkedId, peer, extra].map(quoted).join(',')})`;
  });
  return `insert into cel (eventtype, eventtime, cid_name, cid_num, cid_rdnis, cid_dnid, exten, context, channame, appname,
    appdata, uniqueid, linkedid, peer, extra) values ${values.join(',')};`;
}

/**
 * `insert` of rows into FreePBX's `cdr`, as its ODBC back end does it: whole seconds of local time, no column for the answer.
 * `files` are the names it records under, by Uniqueid.
 */
export function cdrInsert(
  rows: readonly CdrRow[],
  dialect: 'mysql' | 'postgres',
  files: ReadonlyMap<string, string>,
): string {
  const quoted = quotedFor(dialect);
  const values = rows.map((row) => {
    const { start, end, src, callerName, dst, context, channel, dstChannel, lastApp, lastData } = row;
    const texts = [writeClock(start, ZONE), src, dst, context, channel, dstChannel, lastApp, lastData];
    const seconds = [Math.round((end - start) / 1_000), row.billSeconds];
    const rest = [
      row.disposition,
      row.uniqueId,
      row.linkedId,
      row.did,
      files.get(row.uniqueId) ?? '',
      callerName,
    ];
    return `(${[...texts.map(quoted), ...seconds, ...rest.map(quoted)].join(',')})`;
  });
  return `insert into cdr (calldate, src, dst, dcontext, channel, dstchannel, lastapp, lastdata, duration, billsec, disposition,
    uniqueid, linkedid, did, recordingfile, cnam) values ${values.join(',')};`;
}

function quotedFor(dialect: 'mysql' | 'postgres'): (text: string) => string {
  return (text) => {
    const doubled = text.replaceAll("'", "''");
    return `'${dialect === 'mysql' ? doubled.replaceAll('\\', '\\\\') : doubled}'`;
  };
}

/** The table as FreePBX 17 makes it (cdr/install.php); in PostgreSQL the same, for who moved it there. */
export function cdrTable(dialect: 'mysql' | 'postgres'): string {
  const text = (name: string, length: number) => `${name} varchar(${length}) not null default ''`;
  return `create table cdr (calldate ${dialect === 'mysql' ? 'datetime' : 'timestamp'} not null, ${text('clid', 80)},
    ${text('src', 80)}, ${text('dst', 80)}, ${text('dcontext', 80)}, ${text('channel', 80)}, ${text('dstchannel', 80)},
    ${text('lastapp', 80)}, ${text('lastdata', 80)}, duration int not null default 0, billsec int not null default 0,
    ${text('disposition', 45)}, amaflags int not null default 0, ${text('accountcode', 20)}, ${text('uniqueid', 32)},
    ${text('userfield', 255)}, ${text('did', 50)}, ${text('recordingfile', 255)}, ${text('cnum', 80)}, ${text('cnam', 80)},
    ${text('outbound_cnum', 80)}, ${text('outbound_cnam', 80)}, ${text('dst_cnam', 80)}, ${text('linkedid', 32)},
    ${text('peeraccount', 80)}, sequence int not null default 0);`;
}

/** The table as FreePBX 17 makes it (cel/install.php). */
export const CEL_TABLE_MYSQL = `create table cel (id int not null auto_increment primary key, eventtype varchar(30) not null,
  eventtime datetime not null, cid_name varchar(80) not null, cid_num varchar(80) not null,
  cid_ani varchar(80) not null default '', cid_rdnis varchar(80) not null, cid_dnid varchar(80) not null,
  exten varchar(80) not null, context varchar(80) not null, channame varchar(80) not null, appname varchar(80) not null,
  appdata varchar(255) not null, amaflags int not null default 3, accountcode varchar(20) not null default '',
  uniqueid varchar(32) not null, linkedid varchar(32) not null, peer varchar(80) not null,
  userdeftype varchar(255) not null default '', extra varchar(512) not null, key uniqueid_index (uniqueid),
  key linkedid_index (linkedid));`;

/** As Asterisk's documentation makes it for cel_pgsql. */
export const CEL_TABLE_POSTGRES = `create table cel (id serial primary key, eventtype varchar(30), eventtime timestamp,
  userdeftype varchar(255), cid_name varchar(80), cid_num varchar(80), cid_ani varchar(80), cid_rdnis varchar(80),
  cid_dnid varchar(80), exten varchar(80), context varchar(80), channame varchar(80), appname varchar(80),
  appdata varchar(255), amaflags int, accountcode varchar(20), peeraccount varchar(20), uniqueid varchar(150),
  linkedid varchar(150), userfield varchar(255), peer varchar(80), extra varchar(512));`;
