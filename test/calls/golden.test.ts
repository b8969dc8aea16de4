/** Every capture of a call placed on real Asterisk says what the SIP agents of that call logged. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CallSummary } from '../../src/calls/call-summary.ts';
import { explained } from '../cli/explained.ts';

const folder = join(import.meta.dirname, '../golden');
/** Between what a SIP agent sends and what Asterisk says of it, on a busy machine. */
const TOLERANCE_MS = 100;

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

describe('explain of a golden capture', () => {
  it('is asked about many calls', () => {
    expect(names.length).toBeGreaterThan(100);
  });

  it.each(names)('%s tells what the SIP agents logged', async (name) => {
    const truth = JSON.parse(readFileSync(join(folder, `${name}.truth.json`), 'utf8')) as Truth;
    const { setup } = truth;
    const { calls, counts } = await explained(
      {
        line: setup.line,
        dids: setup.dids.join(','),
        phones: setup.phones.join(','),
        trunks: setup.trunks.join(','),
      },
      captureOf(name),
    );
    const told = [...calls].sort((a, b) => a.startedAt - b.startedAt);
    expect(told.map((call, n) => sameKeys(call, truth.calls[n]?.expect ?? {}))).toEqual(
      truth.calls.map((call) => call.expect),
    );
    truth.calls.forEach(({ times }, n) => {
      const call = told[n];
      if (call === undefined) return;
      near('startedAt', call.startedAt, times.invite);
      near('ringingAt', call.ringingAt, times.ringing);
      near('answeredAt', call.answeredAt, times.answered);
      near('endedAt', call.endedAt, times.ended);
      near('talkSeconds', milliseconds(call.talkSeconds), span(times.answered, times.ended));
    });
    expect(counts).toMatchObject({ oversized: 0, broken: 0 });
  });
});

function captureOf(name: string): string {
  const plain = join(folder, `${name}.ami`);
  return existsSync(plain) ? plain : `${plain}.gz`;
}

/** The truth counts recordings; their names are the PBX's own. */
function sameKeys(call: CallSummary, wanted: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const counted = { ...call, recordings: call.recordings.length };
  return Object.fromEntries(Object.entries(counted).filter(([key]) => key in wanted));
}

function near(what: string, told: number | null, logged: number | null): void {
  if (told === null || logged === null) expect(told, what).toBe(logged);
  else
    expect(Math.abs(told - logged), `${what}: told ${told}, logged ${logged}`).toBeLessThanOrEqual(
      TOLERANCE_MS,
    );
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1_000;
}

function span(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : to - from;
}
