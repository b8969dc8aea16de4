import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecordingReport } from '../../src/calls/recording-report.ts';
import type { PbxConfig } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { describeProblems } from '../../src/config/problem.ts';
import type { PathNote } from '../../src/recordings/finishing.ts';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { createScanMemory } from '../../src/recordings/matching/scan-memory.ts';
import { createWallClock } from '../../src/recordings/matching/wall-clock.ts';
import { recordingIdOf } from '../../src/recordings/recording-id.ts';
import { localPlace } from '../../src/recordings/recording-place.ts';
import { createSftpPlace } from '../../src/recordings/sftp-place.ts';
import { attachSoundOfCall, foldersAround } from '../../src/service/call-sound.ts';
import { nextTimeOfDay } from '../../src/service/nightly.ts';
import { reconcile } from '../../src/service/reconcile.ts';
import { numbersOfLines, type ReconciledPbx, reconciledPbx } from '../../src/service/reconciled-pbx.ts';
import type { Store } from '../../src/storage/store.ts';
import { startSshd } from '../bed/sshd.ts';
import { ARRIVAL } from '../diagnosis/probe-life.ts';
import { wavFile } from '../recordings/wav-file.ts';
import { done, onBothBackEnds } from '../storage/back-ends.ts';
import { OFFICE, PBX } from '../storage/office.ts';
import { answeredCall, NOON, telling } from '../storage/telling.ts';

const ZONE = 'Asia/Shanghai';
const HOUR = 3_600_000;
/** Noon in Shanghai: the call began a second later. */
const LINKEDID = '1795406400.0';
const DAY = '2026/11/23';
const NAME = `${DAY}/external-1001-09542035678-20261123-120001-${LINKEDID}.wav`;
/** The call that kept the line busy for a probe. */
const FIRST_LINKEDID = '1795406397.0';
const FIRST_CALL = NAME.replace(LINKEDID, FIRST_LINKEDID);
const ORDER = { scope: 'always', pbx: PBX, trunk: 'PJSIP/out1', ringMs: 14_000, occupier: null } as const;
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

onBothBackEnds((backEnd) => {
  let store: Store;
  let monitor: string;
  let pbx: ReconciledPbx;
  let clock: number;
  let reports: RecordingReport[];
  let notes: PathNote[];
  let onWait: () => void;

  beforeEach(async () => {
    store = await backEnd.freshStore();
    const lines = OFFICE.lines.map((line) => ({ ...line, recording: 'pbx' as const }));
    await done(store, { type: 'office-import', office: { ...OFFICE, lines }, at: 0 });
    const folder = mkdtempSync(join(tmpdir(), 'dutyline-reconcile-'));
    folders.push(folder);
    monitor = join(folder, 'monitor');
    mkdirSync(monitor);
    const place = localPlace({ onPbx: '/var/spool/asterisk/monitor', here: monitor });
    pbx = { id: PBX, place, timeZone: ZONE, memory: createScanMemory() };
    clock = NOON + HOUR;
    reports = [];
    notes = [];
    onWait = () => undefined;
  });

  const deps = () => ({
    store,
    areaCode: '0954',
    library: createRecordingLibrary(join(dirname(monitor), 'library')),
    report: async (report: RecordingReport) => {
      reports.push(report);
      const [result] = await store.write([{ type: 'recording-report', report }]);
      return { ok: result?.ok === true };
    },
    onSecurity: (note: PathNote) => notes.push(note),
    now: () => clock,
    wait: (ms: number) => {
      clock += ms;
      onWait();
      return Promise.resolve();
    },
    pbxs: [pbx],
  });

  const run = () => reconcile({ ...deps(), from: NOON - HOUR, to: clock });

  async function runOnPbx() {
    const [only] = (await run()).pbxs;
    if (only === undefined || only.state === 'cannot-look') throw new Error('nothing was looked at');
    return only;
  }

  /** A file last written at this moment. */
  function put(path: string, at = NOON + 10_000, bytes: Uint8Array = wavFile(32_000)): void {
    mkdirSync(dirname(join(monitor, path)), { recursive: true });
    writeFileSync(join(monitor, path), bytes);
    utimesSync(join(monitor, path), at / 1_000, at / 1_000);
  }

  async function callOf(linkedid: string): Promise<string> {
    const trails = await store.soundTrails(PBX, NOON - 24 * HOUR, NOON + 24 * HOUR);
    return trails.find((trail) => trail.uniqueids.includes(linkedid))?.call ?? '';
  }

  describe('reconciling', () => {
    it('gives a call the file that nobody named, and says by which rule; the second time there is nothing to do', async () => {
      await store.write(answeredCall(LINKEDID));
      put(NAME);
      const first = await runOnPbx();
      const call = await callOf(LINKEDID);
      expect(first).toMatchObject({
        state: 'done',
        taken: [
          { call, rule: 'name-uniqueid', state: 'attached', path: `/var/spool/asterisk/monitor/${NAME}` },
        ],
        missing: [],
        strays: 0,
        counts: { attached: 1 },
      });
      expect(await store.recordingsOfCall(call)).toMatchObject([
        { state: 'attached', foundBy: 'name-uniqueid', seconds: 2, uniqueid: LINKEDID, mode: 'pbx' },
      ]);
      const second = await runOnPbx();
      expect(second).toMatchObject({ taken: [], counts: { known: 1, attached: 0 } });
      expect(reports).toHaveLength(2);
    });

    it("takes neither what a probe of ours recorded nor what the PBX recorded of it for somebody's sound", async () => {
      const channel = '01935b1e-0000-7000-8000-000000000001';
      put(`dutyline-probes/dutyline-probe-${channel}.wav`);
      put(NAME);
      put(FIRST_CALL);
      expect(await runOnPbx()).toMatchObject({ strays: 2, taken: [] });
      const asked = { ...{ id: channel, line: 'line-1', number: '2030000', round: null }, ...ORDER } as const;
      const facts = [
        { kind: 'probe-asked', at: NOON, order: asked, askedBy: null },
        { kind: 'probe-occupier-placed', at: NOON - 4_000 },
        { kind: 'probe-occupier-arrived', at: NOON - 3_000, linkedid: FIRST_LINKEDID },
        { kind: 'probe-placed', at: NOON },
        { kind: 'probe-arrived', at: NOON + 1_000, arrival: { ...ARRIVAL, linkedid: LINKEDID } },
      ] as const;
      await done(store, { type: 'probe-facts', probe: channel, facts });
      expect(await runOnPbx()).toMatchObject({ strays: 0, taken: [] });
    });

    it('takes a call that our snippet recorded, whole: both sides with the talk, what was heard before apart', async () => {
      const lines = OFFICE.lines.map((line) => ({ ...line, recording: 'snippet' as const }));
      await done(store, { type: 'office-import', office: { ...OFFICE, lines }, at: 1 });
      await store.write(answeredCall(LINKEDID));
      const sound: Readonly<Record<string, Uint8Array>> = {
        '': wavFile(32_000),
        '-caller': wavFile(32_000).fill(1, 44),
        '-desk': wavFile(32_000).fill(2, 44),
        '-before': wavFile(16_000),
      };
      for (const [part, bytes] of Object.entries(sound))
        put(`dutyline/${LINKEDID}${part}.wav`, NOON + 10_000, bytes);
      expect(await runOnPbx()).toMatchObject({
        taken: [{ state: 'attached' }, { state: 'attached' }],
        strays: 0,
        counts: { attached: 2, twin: 2 },
      });
      const rows = await store.recordingsOfCall(await callOf(LINKEDID));
      const inOrder = rows.toSorted((one, other) => one.part.localeCompare(other.part));
      expect(inOrder.map(({ part, mode, seconds }) => [part, mode, seconds])).toEqual([
        ['before-answer', 'snippet', 1],
        ['talk', 'snippet', 2],
      ]);
      const talk = rows.find(({ part }) => part === 'talk');
      const sha256 = (bytes: Uint8Array | undefined) =>
        createHash('sha256')
          .update(bytes ?? '')
          .digest('hex');
      expect(talk?.sides.map((side) => [side.file.replace(/^.*[0-9a-f]\./, ''), side.sha256])).toEqual([
        ['caller.wav', sha256(sound['-caller'])],
        ['room.wav', sha256(sound['-desk'])],
      ]);
      const { library } = deps();
      for (const side of talk?.sides ?? [])
        expect(await library.digest(side.file)).toMatchObject({ state: 'read', sha256: side.sha256 });
      expect(await runOnPbx()).toMatchObject({ taken: [], strays: 0, counts: { attached: 0 } });
    });

    it('takes the sides of what our recorder ordered and a kill left unnamed', async () => {
      await store.write(answeredCall(LINKEDID));
      for (const side of ['', '-caller', '-desk']) put(`${LINKEDID}-1795406403000${side}.wav`);
      expect(await runOnPbx()).toMatchObject({ taken: [{ state: 'attached' }], counts: { twin: 2 } });
      expect(await store.recordingsOfCall(await callOf(LINKEDID))).toMatchObject([
        { mode: 'ami', sides: [{ bytes: 32_044 }, { bytes: 32_044 }] },
      ]);
    });

    it('lists what is nobody’s, and strikes it out when its call is found or the file is gone', async () => {
      put(NAME);
      put(`${DAY}/1795406500.7.wav`);
      expect(await runOnPbx()).toMatchObject({ strays: 2, taken: [] });
      expect((await store.strays('open', 10, null)).total).toBe(2);
      await store.write(answeredCall(LINKEDID));
      rmSync(join(monitor, `${DAY}/1795406500.7.wav`));
      expect(await runOnPbx()).toMatchObject({ strays: 0, taken: [{ state: 'attached' }] });
      expect(await store.strays('open', 10, null)).toMatchObject({ strays: [], total: 0 });
    });

    it('says nothing of any call and strikes nothing out while the folder is away', async () => {
      await store.write(answeredCall(LINKEDID));
      put(`${DAY}/1795406500.7.wav`);
      await run();
      renameSync(monitor, `${monitor}-away`);
      expect((await run()).pbxs).toEqual([{ pbx: PBX, state: 'cannot-look', trouble: 'ENOENT' }]);
      expect((await store.strays('open', 10, null)).total).toBe(1);
    });

    it('tells calls that should have sound and have none, also when their file turns out to be empty', async () => {
      await store.write(answeredCall(LINKEDID));
      await store.write(answeredCall('1795406420.1', NOON + 20_000));
      put(NAME.replace(LINKEDID, '1795406420.1'), NOON + 30_000, wavFile(32_000).subarray(0, 44));
      const { missing } = await runOnPbx();
      expect(missing.map(({ linkedid, why, talkSeconds }) => [linkedid, why, talkSeconds])).toEqual(
        expect.arrayContaining([
          [LINKEDID, 'no-file', 2],
          ['1795406420.1', 'empty', 2],
        ]),
      );
    });

    it('leaves a growing file alone, and takes it when it stands still', async () => {
      await store.write(answeredCall(LINKEDID));
      clock = NOON + 60_000;
      put(NAME, clock);
      onWait = () => appendFileSync(join(monitor, NAME), 'more');
      expect(await run()).toMatchObject({ pbxs: [{ counts: { waiting: 1 }, taken: [] }] });
      onWait = () => undefined;
      expect(await run()).toMatchObject({
        pbxs: [{ counts: { waiting: 0 }, taken: [{ state: 'attached' }] }],
      });
    });

    it('takes up what a kill left between knowing a file and keeping it', async () => {
      await store.write(answeredCall(LINKEDID));
      put(NAME);
      const killed = { ...deps(), from: NOON - HOUR, to: clock };
      const dies = async (report: RecordingReport) => {
        if (report.type !== 'recording-known') throw new Error('killed');
        return killed.report(report);
      };
      await expect(reconcile({ ...killed, report: dies })).rejects.toThrow('killed');
      expect(await runOnPbx()).toMatchObject({ counts: { known: 1 }, missing: [] });
      expect(await store.recordingsOfCall(await callOf(LINKEDID))).toMatchObject([{ state: 'attached' }]);
    });

    it('leaves out files of colleagues, as the history or the phone in their name says', async () => {
      await store.write(answeredCall(LINKEDID));
      put(`${DAY}/konferenz.wav`);
      put(
        NAME.replace('1001', '3005').replace('09542035678', '13900001111').replace(LINKEDID, '1795406400.5'),
      );
      put(NAME.replace('external-1001', 'q-500').replace(LINKEDID, '1795406400.6'));
      put(NAME.replace(LINKEDID, '1795406400.7'));
      const rows = [{ linkedid: '1795406400.5', uniqueid: '1795406400.5', recordingfile: 'konferenz.wav' }];
      pbx = { ...pbx, ownNumbers: numbersOfLines(OFFICE.lines), cdr: () => Promise.resolve(rows) };
      expect(await runOnPbx()).toMatchObject({ strays: 2, counts: { ofOthers: 2, stray: 2 }, taken: [] });
    });

    it('reads a stand-alone recorder’s folder by the configured pattern, in the PBX’s own zone as its history', async () => {
      const pattern = '{direction:A|B}_{number}_{date:YYYY-MM-DD} {time:HH.mm.ss}';
      pbx = configuredPbx(
        dirname(monitor),
        `recordings: { base: ${monitor}, local: ${monitor}, pattern: '${pattern}' }`,
      );
      const other = '1795406420.1';
      await store.write([...answeredCall(LINKEDID), ...answeredCall(other, NOON + 20_000)]);
      // 13:00 in Tokyo is noon in Shanghai.
      put('box/A_09542035678_2026-11-23 13.00.01.wav');
      put('box/A_09542035678_2026-11-23 12.00.01.wav');
      put('box/named by the CDR alone.wav', NOON + 30_000);
      keepCdr(join(dirname(monitor), 'cdr.db'), '2026-11-23 13:00:21', other, 'named by the CDR alone.wav');
      expect(await runOnPbx()).toMatchObject({
        taken: [{ call: await callOf(other), rule: 'cdr', state: 'attached' }],
        strays: 2,
      });
      const { strays } = await store.strays('open', 10, null);
      const suggested = (hour: number) =>
        strays.find(({ path }) => path.endsWith(`${hour}.00.01.wav`))?.suggestions[0];
      expect(suggested(13)).toMatchObject({ call: await callOf(LINKEDID), why: 'time-and-number' });
      expect(suggested(12)).toBeUndefined();

      const named = configuredPbx(
        dirname(monitor),
        `recordings: { base: ${monitor}, local: ${monitor}, pattern: '{any}={uniqueid}' }`,
      );
      put(`box/port 3=${LINKEDID}.wav`);
      pbx = named;
      expect(await runOnPbx()).toMatchObject({
        taken: [{ call: await callOf(LINKEDID), rule: 'name-uniqueid', state: 'attached' }],
      });
    });

    it('does not stop at a PBX whose folder is away', async () => {
      await store.write(answeredCall(LINKEDID));
      put(NAME);
      const here = join(monitor, 'not-there');
      const away = { ...pbx, id: 'pbx-2', place: localPlace({ onPbx: pbx.place.onPbx, here }) };
      const report = await reconcile({ ...deps(), pbxs: [away, pbx], from: NOON - HOUR, to: clock });
      expect(report.pbxs.map(({ state }) => state)).toEqual(['cannot-look', 'done']);
    });

    it('finds over sftp what it finds on a disk of our own, and says why when it cannot', async () => {
      await store.write(answeredCall(LINKEDID));
      put(NAME);
      put(`${DAY}/1795406500.7.wav`);
      chmodSync(dirname(monitor), 0o755);
      const sshd = await startSshd();
      const base = { onPbx: pbx.place.onPbx, here: monitor };
      const place = createSftpPlace({ access: sshd, base, fetched: join(dirname(monitor), 'fetched') });
      try {
        pbx = { ...pbx, place, memory: createScanMemory() };
        const path = `/var/spool/asterisk/monitor/${NAME}`;
        expect(await runOnPbx()).toMatchObject({
          state: 'done',
          strays: 1,
          taken: [{ call: await callOf(LINKEDID), rule: 'name-uniqueid', state: 'attached', path }],
        });
        expect(await store.recordingsOfCall(await callOf(LINKEDID))).toMatchObject([
          { state: 'attached', seconds: 2, pbxPath: path },
        ]);
        await sshd.stop();
        const trouble = expect.stringMatching(/^sftp-(lost|unreachable)$/) as string;
        expect((await run()).pbxs).toEqual([{ pbx: PBX, state: 'cannot-look', trouble }]);
      } finally {
        place.close();
        await sshd.dispose();
      }
    });
  });

  describe('after one call', () => {
    const attachAfter = async (linkedid = LINKEDID) =>
      attachSoundOfCall({ ...deps(), call: await callOf(linkedid) });

    it('waits out the quiet time, then attaches its own files only', async () => {
      await store.write(answeredCall(LINKEDID));
      await store.write(answeredCall('1795406400.01', NOON));
      clock = NOON + 7_500;
      put(NAME, NOON + 6_000);
      put(NAME.replace(LINKEDID, '1795406400.01'), NOON + 6_000);
      put('2026/11/21/9-1795406400.0-x.wav');
      expect(await attachAfter()).toMatchObject({ state: 'done', taken: [{ state: 'attached' }] });
      expect(clock).toBeGreaterThanOrEqual(NOON + 12_000);
      expect(reports.map(({ type }) => type)).toEqual(['recording-known', 'recording-attached']);
      expect(await attachAfter()).toEqual({ state: 'done', taken: [] });
    });

    it('asks the history only when a file is there that nobody named: it may be all the PBX ever wrote', async () => {
      await store.write(answeredCall(LINKEDID));
      put(NAME);
      let asked = 0;
      const other = '1795406420.1';
      const cdr = () => {
        asked += 1;
        return Promise.resolve([{ linkedid: LINKEDID, uniqueid: LINKEDID, recordingfile: 'by-cdr.wav' }]);
      };
      pbx = { ...pbx, cdr };
      expect(await attachAfter()).toMatchObject({ taken: [{ state: 'attached' }] });
      expect(asked).toBe(1);
      expect(await attachAfter()).toEqual({ state: 'done', taken: [] });
      await store.write(answeredCall(other, NOON + 20_000));
      expect(await attachAfter(other)).toEqual({ state: 'done', taken: [] });
      expect(asked).toBe(1);
      // A file whose name says nothing: only the CDR can tell whose it is.
      put(`${DAY}/by-cdr.wav`);
      expect(await attachAfter()).toMatchObject({ taken: [{ state: 'attached' }] });
      expect(asked).toBe(2);
    });

    it('adds nothing to a call whose files of our snippet were named while it lived', async () => {
      const lines = OFFICE.lines.map((line) => ({ ...line, recording: 'snippet' as const }));
      await done(store, { type: 'office-import', office: { ...OFFICE, lines }, at: 1 });
      await store.write(answeredCall(LINKEDID));
      for (const part of ['', '-caller', '-desk', '-before']) put(`dutyline/${LINKEDID}${part}.wav`);
      for (const [part, name] of [
        ['talk', ''],
        ['before-answer', '-before'],
      ] as const)
        await deps().report({
          type: 'recording-known',
          recording: recordingIdOf(PBX, name, LINKEDID, NOON),
          pbx: PBX,
          linkedid: LINKEDID,
          uniqueid: LINKEDID,
          part,
          mode: 'snippet',
          pbxPath: `/var/spool/asterisk/monitor/dutyline/${LINKEDID}${name}.wav`,
          at: NOON,
        });
      expect(await attachAfter()).toEqual({ state: 'done', taken: [] });
      expect(await store.recordingsOfCall(await callOf(LINKEDID))).toHaveLength(2);
    });

    it('leaves a file that another call of that time claims too to a person', async () => {
      await store.write(answeredCall(LINKEDID));
      await store.write(answeredCall('1795406400.5', NOON));
      put(`${DAY}/1795406400.5-x-20261123-120001-${LINKEDID}.wav`);
      expect(await attachAfter()).toEqual({ state: 'done', taken: [] });
      expect(await runOnPbx()).toMatchObject({ counts: { ambiguous: 1 }, strays: 1, taken: [] });
      const calls = new Set([await callOf(LINKEDID), await callOf('1795406400.5')]);
      const [stray] = (await store.strays('open', 10, null)).strays;
      expect(new Set(stray?.suggestions.map(({ call }) => call))).toEqual(calls);
    });

    it('is to be tried again while the call lives, its file grows, or the folder is away', async () => {
      const living = telling(LINKEDID);
      await store.write([living.arrives()]);
      expect(await attachAfter()).toEqual({ state: 'try-again', why: 'call-lives' });
      await store.write([living.dials(), living.isAnswered(), ...living.closes(), living.ends()]);
      clock = NOON + 30_000;
      put(NAME, clock);
      onWait = () => appendFileSync(join(monitor, NAME), 'more');
      expect(await attachAfter()).toEqual({ state: 'try-again', why: 'growing' });
      renameSync(monitor, `${monitor}-away`);
      expect(await attachAfter()).toEqual({ state: 'try-again', why: 'ENOENT' });
    });

    it('takes over the file a person gave to the call', async () => {
      await store.write(answeredCall(LINKEDID));
      put('TxRec/anything.wav');
      await run();
      const [stray] = (await store.strays('open', 10, null)).strays;
      const call = await callOf(LINKEDID);
      const by = { person: 'zhang', account: 'a', at: clock };
      await done(store, { type: 'stray-attach', stray: stray?.id ?? '', call, ...by });
      expect(await attachAfter()).toMatchObject({
        state: 'done',
        taken: [{ recording: stray?.id, state: 'attached' }],
      });
      expect(await store.recordingsOfCall(call)).toMatchObject([
        { state: 'attached', foundBy: 'by-hand:zhang' },
      ]);
      expect(await runOnPbx()).toMatchObject({ counts: { known: 1 }, strays: 0, missing: [] });
    });

    it('has nothing to do for a call it does not know', async () => {
      expect(await attachSoundOfCall({ ...deps(), call: 'nothing' })).toEqual({ state: 'nothing-to-do' });
    });
  });
});

/** The PBX as the service makes it from `dutyline.yaml`: it lives in Tokyo, the office in Shanghai. */
function configuredPbx(folder: string, recordings: string): ReconciledPbx {
  const lines = [
    `storage: { recordings: ${join(folder, 'library')}, state: ${join(folder, 'state')} }`,
    'pbxs:',
    `  - id: ${PBX}`,
    '    host: 192.0.2.10',
    '    listen: { username: l, secretEnv: LISTEN }',
    '    trunks: [PJSIP/telco]',
    '    timeZone: Asia/Tokyo',
    `    ${recordings}`,
    `    history: { sqlite: ${join(folder, 'cdr.db')} }`,
  ];
  writeFileSync(join(folder, 'dutyline.yaml'), lines.join('\n'));
  const loaded = loadConfig({ dir: folder, env: { LISTEN: 'x' } });
  if (!loaded.ok) throw new Error(describeProblems(loaded.problems));
  const [made] = loaded.config.pbxs.flatMap((pbx) =>
    reconciledPbx(
      pbx,
      loaded.config,
      OFFICE,
      localPlace({ onPbx: pbx.recordings?.base ?? '', here: folderOf(pbx) }),
      createScanMemory(),
    ),
  );
  if (made === undefined) throw new Error('no PBX');
  return made;
}

function folderOf({ recordings }: PbxConfig): string {
  if (recordings === null || recordings.kind === 'sftp') throw new Error('no folder here');
  return recordings.folder;
}

function keepCdr(path: string, calldate: string, linkedid: string, file: string): void {
  const database = new DatabaseSync(path);
  database.exec(`create table cdr (calldate text, duration text, billsec text, disposition text, uniqueid text,
    linkedid text, recordingfile text)`);
  database
    .prepare('insert into cdr values (?, ?, ?, ?, ?, ?, ?)')
    .run(calldate, '9', '5', 'ANSWERED', linkedid, linkedid, file);
  database.close();
}

describe('the folders of a call', () => {
  const around = foldersAround(
    { startedAt: Date.UTC(2026, 11, 31, 15, 59), endedAt: Date.UTC(2026, 11, 31, 16, 1) },
    createWallClock(ZONE),
  );
  it.each([
    '2026',
    '2027',
    '2026/12',
    '2026/12/30',
    '2027/01/02',
    '2026/12/31/23',
    '20261231',
    '2027-01-01',
    'dutyline',
    'a/2020',
  ])('are entered: %s', (folder) => expect(around(folder)).toBe(true));
  it.each(['2025', '2026/11', '2026/12/29', '2027/01/03', '20261229', '2026-12-29', '2026/12/29/23'])(
    'are left out: %s',
    (folder) => expect(around(folder)).toBe(false),
  );
});

describe('the night', () => {
  it.each([
    ['2026-11-23T18:29:59.999Z', ZONE, '2026-11-23T18:30:00.000Z'],
    ['2026-11-23T18:30:00.000Z', ZONE, '2026-11-24T18:30:00.000Z'],
    // The clocks skip 02:30, and show it twice.
    ['2026-03-28T23:00:00.000Z', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-10-24T22:00:00.000Z', 'Europe/Berlin', '2026-10-25T01:30:00.000Z'],
  ])('after %s in %s begins at %s', (now, zone, next) => {
    expect(new Date(nextTimeOfDay(Date.parse(now), '02:30', zone)).toISOString()).toBe(next);
  });

  it.each(['', '2:30', '24:00', '02:60', '02:30:00', 'night'])('refuses %j', (text) => {
    expect(() => nextTimeOfDay(0, text, ZONE)).toThrow('is no time of day');
  });
});
