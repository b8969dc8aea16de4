/** CEL that real Asterisk sent of the golden calls, recovered, says what the SIP agents of those calls logged. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { AmiPacket } from '../../src/asterisk/listen/ami-packet.ts';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import type { Call } from '../../src/calls/call.ts';
import { callOf, evolve } from '../../src/calls/evolve.ts';
import { summaryOf } from '../../src/calls/summary.ts';
import type { CelRow } from '../../src/history/cel-row.ts';
import { groupRows } from '../../src/history/group.ts';
import { type Recovered, recoverGroup } from '../../src/history/recover.ts';

const folder = join(import.meta.dirname, '../golden');

interface Truth {
  readonly setup: {
    readonly line: string;
    readonly dids: readonly string[];
    readonly phones: readonly string[];
    readonly trunks: readonly string[];
  };
  readonly calls: readonly {
    readonly expect: Readonly<Record<string, unknown>>;
    readonly times: Readonly<Record<'invite' | 'ringing' | 'answered' | 'ended', number | null>>;
  }[];
}

const names = globSync('*.truth.json', { cwd: folder })
  .map((file) => file.replace('.truth.json', ''))
  .sort();

/** What CEL tells. It cannot tell when a phone began to ring (`ringingAt` is then the dial), nor names lost in GBK. */
const FIELDS = [
  'direction',
  'dialled',
  'outcome',
  'answeredBy',
  'hungUpBy',
  'leftPremises',
  'leftTo',
  'transfers',
  'complete',
];

/** Known differences: Asterisk 16 keeps no DTMF rows; CEL has no HangupRequest, so a phone that answers each dial with 302 looks like one that hung up. */
const TOLD_OTHERWISE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '22-forward-302-endless': { hungUpBy: 'callee' },
  '16-transfer-dtmf': { transfers: [{ kind: 'blind', to: '1002' }] },
};

/** FreePBX's cel.conf names these applications only; Dial has no row of its own then. */
const FREEPBX_APPS = /^(confbridge|meetme|mixmonitor|queue|stopmixmonitor|voicemail|voicemailmain)$/i;
/** A mobile that a phone's 302 named and nobody answered is in no row: the trunk's name stands in its place. */
const FREEPBX_OTHERWISE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '22-forward-302-not-answered': { leftTo: 'telco' },
};

describe.each(['ours', 'freepbx'])('a golden call recovered from CEL with the applications of %s', (apps) => {
  it.each(names)('%s', (name) => {
    const truth = JSON.parse(readFileSync(join(folder, `${name}.truth.json`), 'utf8')) as Truth;
    const rows = celOf(name).filter(
      (row) => apps === 'ours' || !row.eventType.startsWith('APP_') || FREEPBX_APPS.test(row.appName),
    );
    const told = groupRows(rows)
      .map((group) => recoverGroup(group, setupOf(truth), 0))
      .flatMap(callsOf)
      .map(summaryOf)
      .sort((one, other) => one.startedAt - other.startedAt);
    const shown = (call: object) =>
      Object.fromEntries(Object.entries(call).filter(([key]) => FIELDS.includes(key)));
    expect(told.map(shown)).toEqual(
      truth.calls.map((call) => ({
        ...shown(call.expect),
        ...TOLD_OTHERWISE[name],
        ...(apps === 'ours' ? {} : FREEPBX_OTHERWISE[name]),
      })),
    );
  });
});

function setupOf({ setup }: Truth) {
  return {
    pbx: 'capture',
    trunks: setup.trunks,
    lines: [
      {
        id: 'line',
        room: '',
        number: setup.line,
        dids: [...setup.dids, setup.line],
        trunks: [],
        phones: setup.phones,
        recording: 'none' as const,
      },
    ],
  };
}

function callsOf(recovered: Recovered): readonly Call[] {
  if (recovered.kind === 'not-recoverable') throw new Error(JSON.stringify(recovered.why));
  if (recovered.kind === 'not-ours') return [];
  const calls = new Map<string, Call>();
  for (const fact of recovered.facts) {
    const before = calls.get(fact.linkedid);
    if (fact.kind === 'call-arrived') calls.set(fact.linkedid, callOf(fact));
    else if (before !== undefined) calls.set(fact.linkedid, evolve(before, fact));
  }
  return [...calls.values()].filter((call) => call.ending?.kind !== 'joined');
}

function celOf(name: string): readonly CelRow[] {
  const plain = join(folder, `${name}.ami`);
  const bytes = existsSync(plain) ? readFileSync(plain) : gunzipSync(readFileSync(`${plain}.gz`));
  const parser = createPacketParser();
  const packets = [...parser.push(bytes), ...parser.settle(true)];
  return packets.flatMap((packet) =>
    packet.kind === 'event' && packet.name === 'CEL' ? [celRow(packet)] : [],
  );
}

function celRow(packet: Pick<AmiPacket, 'get'>): CelRow {
  const text = (name: string) => packet.get(name) ?? '';
  return {
    eventType: text('EventName'),
    at: Math.floor(Number(text('Timestamp')) * 1_000),
    uniqueId: text('UniqueID'),
    linkedId: text('LinkedID'),
    channel: text('Channel'),
    exten: text('Exten'),
    context: text('Context'),
    cidNum: text('CallerIDnum'),
    cidName: text('CallerIDname'),
    cidRdnis: text('CallerIDrdnis'),
    cidDnid: text('CallerIDdnid'),
    appName: text('Application'),
    appData: text('AppData'),
    peer: text('Peer'),
    extra: text('Extra'),
  };
}
