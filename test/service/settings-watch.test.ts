import { afterEach, describe, expect, it } from 'vitest';
import type { Newchannel } from '../../src/calls/channel-event.ts';
import { FORWARDING_CODES } from '../../src/diagnosis/forwarding-code.ts';
import type { SettingsAudit } from '../../src/diagnosis/line-audit.ts';
import type { OfficeLine } from '../../src/duty/office.ts';
import type { SettingsReaders } from '../../src/service/settings-reading.ts';
import {
  type CodeDialled,
  type SettingsWatch,
  type SettingsWatchDeps,
  startSettingsWatch,
} from '../../src/service/settings-watch.ts';

const line = (id: string, phone: string): OfficeLine => ({
  ...{ id, room: 'room', pbx: 'main', number: '0954-2030001', dids: ['100'], recording: 'none' },
  trunks: ['PJSIP/telco'],
  phones: [`PJSIP/${phone}`],
});
const LINES = [line('a', '1001'), line('b', '1002')];

/** A PBX whose every answer waits until it is let go, so that what is asked at once is seen. */
function readers(asked: string[], answers: { cf: string }): SettingsReaders {
  const ok = <T>(value: T) => Promise.resolve({ ok: true as const, value });
  return {
    showDialPlan: (context) => {
      asked.push(context);
      const step = { context, label: null, include: null, switchTo: null };
      return ok([{ ...step, extension: '100', priority: '1', application: 'Dial', appData: 'PJSIP/1001' }]);
    },
    dbGet: (family, key) => ok(family === 'CF' && key === '1001' ? answers.cf : null),
    getGlobal: () => ok(''),
    queueMembers: () => ok(null),
    deviceState: () => ok('NOT_INUSE'),
    endpointContext: () => ok('in'),
  };
}

function bench(more: Partial<SettingsWatchDeps> = {}) {
  const asked: string[] = [];
  const answers = { cf: '' };
  const audits: SettingsAudit[] = [];
  const codes: CodeDialled[] = [];
  const failed: string[] = [];
  const watch = startSettingsWatch({
    lines: () => LINES,
    setups: [{ pbx: 'main', trunks: ['PJSIP/telco'], lines: LINES }],
    readersOf: () => readers(asked, answers),
    contextsOf: () => [],
    approvedSoundsOf: () => [],
    schedule: {
      ...{ everyMs: 3_600_000, at: ['07:50', '19:50'], timeZone: 'Asia/Shanghai' },
      ...{ afterConnectionMs: 1, afterCodeMs: 1 },
    },
    codes: FORWARDING_CODES,
    onAudit: (audit) => audits.push(audit),
    onFailed: (line) => failed.push(line),
    onCode: (code) => codes.push(code),
    now: Date.now,
    log: () => undefined,
    ...more,
  });
  open.push(watch);
  return { watch, asked, answers, audits, codes, failed };
}

const open: SettingsWatch[] = [];
afterEach(() => {
  for (const watch of open.splice(0)) watch.close();
});

const calls = (channel: string, exten: string) => {
  const event = { type: 'Newchannel', channel, exten, state: 'Ring' } as Partial<Newchannel> as Newchannel;
  return { type: 'event', receivedAt: 5, event } as const;
};

describe('the settings watch', () => {
  it('audits one line on demand, once for all who ask meanwhile', async () => {
    const { watch, audits, answers, asked } = bench();
    answers.cf = '9139';
    const [one, other] = await Promise.all([watch.audit('a'), watch.audit('a')]);
    expect(one).toBe(other);
    expect(one).toMatchObject({ type: 'settings-audit', line: 'a', suspicions: [{ rule: 'call-forward' }] });
    expect([audits, asked]).toEqual([[one], ['in']]);
    expect(await watch.audit('nobody')).toBeNull();
  });

  it('audits every line of a PBX once it is connected', async () => {
    const { watch, audits } = bench();
    watch.see('other', { type: 'link-up', at: 1, processedCalls: 0, pbxStartedAt: 0 });
    watch.see('main', { type: 'link-up', at: 1, processedCalls: 0, pbxStartedAt: 0 });
    await expect.poll(() => audits.map((audit) => audit.line)).toEqual(['a', 'b']);
  });

  it('audits all lines on its schedule', async () => {
    const { audits } = bench({ schedule: { everyMs: 5, at: [], afterCodeMs: 1, timeZone: 'Asia/Shanghai' } });
    await expect.poll(() => audits.length).toBeGreaterThan(3);
    expect(new Set(audits.map((audit) => audit.line))).toEqual(new Set(['a', 'b']));
  });

  it('tells a code dialled from a duty phone, and looks at that line afterwards', async () => {
    const { watch, codes, audits } = bench();
    watch.see('main', calls('PJSIP/1002-0000000a', '9*57*13900001111#'));
    watch.see('main', calls('PJSIP/1002-0000000b', '13900001111'));
    watch.see('main', calls('PJSIP/1009-0000000c', '*72'));
    watch.see('main', calls('PJSIP/telco-0000000d', '*72'));
    expect(codes).toEqual([
      {
        ...{ dial: '*57*{number}#', change: 'set', condition: 'always', target: '13900001111' },
        ...{ line: 'b', channel: 'PJSIP/1002-0000000a', at: 5 },
      },
    ]);
    await expect.poll(() => audits.map((audit) => audit.line)).toEqual(['b']);
  });

  it('asks nothing of a PBX without a control log-in, and nothing more once it is closed', async () => {
    const { watch, audits } = bench({ readersOf: () => null });
    expect(await watch.audit('a')).toBeNull();
    const other = bench();
    other.watch.close();
    expect(await other.watch.audit('a')).toBeNull();
    expect([audits, other.audits, other.asked]).toEqual([[], [], []]);
  });

  it('goes on with the next line when one fails', async () => {
    const told: string[] = [];
    const { watch, audits, failed } = bench({
      approvedSoundsOf: (id) => {
        if (id === 'a') throw new Error('broken');
        return [];
      },
      log: (_level, code) => told.push(code),
    });
    await expect(watch.audit('a')).rejects.toThrow('broken');
    await watch.audit('b');
    expect([audits.map((audit) => audit.line), told]).toEqual([
      ['b'],
      ['settings-audit-failed', 'settings-audit'],
    ]);
    // Of which nothing is known now.
    expect(failed).toEqual(['a']);
  });
});
