import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open-store.ts';
import { done } from '../storage/back-ends.ts';
import { RULES } from '../storage/office.ts';
import { telling } from '../storage/telling.ts';
import { dutyline, shippedConfig } from './run-dutyline.ts';

let config: ReturnType<typeof shippedConfig>;
beforeEach(() => {
  config = shippedConfig();
  const office = join(config.folder, 'office.yaml');
  writeFileSync(
    office,
    readFileSync(office, 'utf8')
      .replace('pbx: demo', 'pbx: main')
      .replace('recording: ami', 'recording: none'),
  );
});
afterEach(() => config.dispose());

const BEGIN = 1_795_465_282;

/** The row as our cel_custom.conf has it written. */
function row(
  event: string,
  after: number,
  id: string,
  channel: string,
  app = '',
  appData = '',
  extra = '',
): string {
  const exten = id.endsWith('.1') ? '09542035678' : 's';
  const texts = [event, `${BEGIN + after}.000000`, '', '09548887777', '', '', exten, 'from-telco', channel];
  return `${[...texts, app, appData, id, `${BEGIN}.1`, '', extra].map((text) => `"${text.replaceAll('"', '""')}"`).join(',')}\n`;
}

function callInCsv(): string {
  const [trunk, phone] = [`${BEGIN}.1`, `${BEGIN}.2`];
  const dial = ['Dial', 'PJSIP/1001,20'] as const;
  const end = JSON.stringify({ hangupcause: 16, hangupsource: 'PJSIP/telco-00000001', dialstatus: 'ANSWER' });
  return [
    row('CHAN_START', 0, trunk, 'PJSIP/telco-00000001'),
    row('APP_START', 0, trunk, 'PJSIP/telco-00000001', ...dial),
    row('CHAN_START', 0, phone, 'PJSIP/1001-00000002'),
    row('ANSWER', 3, phone, 'PJSIP/1001-00000002', 'AppDial', '(Outgoing Line)'),
    row('ANSWER', 3, trunk, 'PJSIP/telco-00000001', ...dial),
    row('HANGUP', 9, phone, 'PJSIP/1001-00000002', 'AppDial', '(Outgoing Line)', end),
    row('CHAN_END', 9, phone, 'PJSIP/1001-00000002'),
    row('HANGUP', 9, trunk, 'PJSIP/telco-00000001', ...dial, end),
    row('CHAN_END', 9, trunk, 'PJSIP/telco-00000001'),
    row('LINKEDID_END', 9, trunk, 'PJSIP/telco-00000001'),
  ].join('');
}

function configure(history: string): void {
  const pbx = `{ id: main, host: 192.0.2.10, listen: { username: l, secretEnv: LISTEN }, trunks: [PJSIP/telco], history: ${history} }`;
  writeFileSync(join(config.folder, 'dutyline.yaml'), `pbxs:\n  - ${pbx}\n`);
}

function backfill(...args: readonly string[]) {
  const given =
    args.length > 0 ? args : ['--pbx', 'main', '--from', '2026-11-24', '--to', '2026-11-25 08:00'];
  return dutyline(['history', 'backfill', ...given, '--config', config.folder], {
    env: { LISTEN: 'secret' },
  });
}

describe('dutyline history backfill', () => {
  it('recovers the calls of a stretch once, and says so in words and as JSON', async () => {
    writeFileSync(join(config.folder, 'cel.csv'), `${callInCsv()}"half a row`);
    configure('{ csv: { cel: cel.csv } }');
    const first = await backfill();
    expect(first.remarks).toBe('');
    expect(first.code).toBe(0);
    expect(first.output).toBe(
      '1 calls were recovered, 0 were known, 0 touch no duty line.\n1 rows of the history cannot be read.\n',
    );
    const again = await backfill(
      '--pbx',
      'main',
      '--from',
      '2026-11-24 04:00',
      '--to',
      '2026-11-25 00:00',
      '--json',
    );
    expect(JSON.parse(again.output)).toMatchObject({
      recovered: 0,
      alreadyKnown: 1,
      notRecoverable: [],
      cut: false,
    });
  });

  it('reads a PBX whose clock is an hour fast by what its last live call knew', async () => {
    writeFileSync(join(config.folder, 'cel.csv'), '');
    configure('{ csv: { cel: cel.csv } }');
    const database = join(config.folder, 'calls.sqlite');
    appendFileSync(join(config.folder, 'dutyline.yaml'), `storage: { database: ${database} }\n`);
    // Reads office.yaml into the database.
    expect((await backfill()).code).toBe(0);
    const HOUR = 3_600_000;
    const store = await openStore({ database, rules: RULES });
    const call = telling('1.1', BEGIN * 1_000 - 2 * HOUR, 'main');
    await done(store, call.arrives('09542035678', { offsetMs: HOUR }));
    await store.close();
    writeFileSync(join(config.folder, 'cel.csv'), callInCsv());
    expect((await backfill()).output).toMatch(/^1 calls were recovered/);
    const read = await openStore({ database, rules: RULES });
    const { calls } = await read.snapshot('duty-room', BEGIN * 1_000);
    await read.close();
    expect(calls.map(({ startedAt }) => startedAt)).toContain(BEGIN * 1_000 - HOUR);
  });

  it.each([
    [['--pbx', 'other', '--from', '2026-11-24', '--to', '2026-11-25'], 'no PBX "other"'],
    [['--pbx', 'main', '--from', 'today', '--to', '2026-11-25'], '--from takes a time such as'],
    [['--pbx', 'main', '--from', '2026-13-01', '--to', '2026-11-25'], '--from takes a time such as'],
    [['--pbx', 'main', '--from', '2026-11-25', '--to', '2026-11-24'], '--to must be later than --from'],
    [['--pbx', 'main', '--from', '2026-11-24', '--to', '2026-11-25'], 'history cannot be read: ENOENT'],
    [['--pbx', 'main'], "required option '--from <time>'"],
  ])('refuses %j with a sentence', async (args, sentence) => {
    configure('{ csv: { cel: gone.csv } }');
    const ran = await backfill(...args);
    expect(ran.code).toBe(1);
    expect(ran.remarks).toContain(sentence);
  });

  it('says that a PBX has no history, and explains itself', async () => {
    configure('none');
    expect((await backfill()).remarks).toContain('has no history in dutyline.yaml');
    expect((await dutyline(['history', 'backfill', '--help'])).output).toContain('--from');
  });
});
