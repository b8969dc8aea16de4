import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { RetentionConfig } from '../../src/config/config.ts';
import type { FindingDecision } from '../../src/diagnosis/finding.ts';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { NO_KEYS } from '../../src/recordings/vault/sealing-key.ts';
import { createSecondCopy } from '../../src/recordings/vault/second-copy.ts';
import { letGo } from '../../src/service/retention.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { Store } from '../../src/storage/store.ts';
import { done, onBothBackEnds } from '../storage/back-ends.ts';
import { OFFICE } from '../storage/office.ts';
import { registered } from '../storage/registered.ts';
import { NOON, telling } from '../storage/telling.ts';
import { filesOf, keptCall, keptProbe, runJobs } from './sound-bed.ts';

const DAY = 86_400_000;
const root = mkdtempSync(join(tmpdir(), 'dutyline-retention-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

onBothBackEnds((backEnd) => {
  let store: Store;
  let database: string;
  let recordings: string;
  let copy: string;
  let logged: string[];

  beforeEach(async () => {
    database = await backEnd.freshDatabase();
    store = await backEnd.open(database);
    await done(store, { type: 'office-import', office: OFFICE, at: 0 });
    const place = mkdtempSync(join(root, `${backEnd.name}-`));
    [recordings, copy] = [join(place, 'recordings'), join(place, 'copy')];
    mkdirSync(copy);
    logged = [];
  });

  /** The night's deletions, so many days after the calls of noon. */
  function nightAfter(days: number, rules: RetentionConfig['rules']): Promise<number> {
    const now = () => NOON + days * DAY;
    const library = createRecordingLibrary(recordings);
    return letGo({
      store,
      library,
      copy: createSecondCopy({ library, folder: copy, keys: NO_KEYS, now }),
      report: async (report) => ({
        ok: (await done(store, { type: 'recording-report', report })).ok,
      }),
      work: (work) => done(store, work),
      office: OFFICE,
      rules,
      now,
      log: (_level, code) => logged.push(code),
    });
  }

  async function copied(...kept: readonly string[]): Promise<void> {
    const jobs = runJobs(store, { recordings, copy });
    await jobs.done();
    await jobs.close();
    for (const one of kept) expect(await store.recording(one)).toMatchObject({ copyState: 'verified' });
  }

  const all = (recording: string) => ['opus', 'peaks', 'wav'].map((ending) => `${recording}.${ending}`);
  const stateOf = async (recording: string) => (await store.recording(recording))?.state;

  describe('the policy of retention, on what is really kept', () => {
    it('deletes sound everywhere once its days are over, and leaves fact, digest and audit', async () => {
      const recording = await keptCall(store, recordings, '1.1');
      await copied(recording);
      const before = await store.recording(recording);
      const rules = [{ unit: null, kind: 'no-record', days: 90 }] as const;
      expect(await nightAfter(89, rules)).toBe(0);
      expect([filesOf(recordings, recording), filesOf(copy, recording)]).toEqual([
        all(recording),
        all(recording),
      ]);
      expect(await nightAfter(90, rules)).toBe(1);
      expect([filesOf(recordings, recording), filesOf(copy, recording)]).toEqual([[], []]);
      expect(await store.recording(recording)).toMatchObject({
        state: 'expired',
        file: null,
        sha256: before?.sha256,
      });
      const [audit, ...more] = await store.auditOf(recording);
      expect([audit?.kind, more]).toEqual(['recording-deleted-by-policy', []]);
      expect(JSON.parse(audit?.payloadJson ?? '')).toEqual({
        rule: 'no-record',
        unit: null,
        days: 90,
        ageDays: 90,
        said: '未登记来电的录音按规定保存 90 天，已 90 天',
      });
      const facts = await backEnd.run(
        database,
        `select kind from facts where stream_id = '${recording}' and kind = 'recording-expired'`,
      );
      expect(facts).toHaveLength(1);
      expect(await store.verifyAudit()).toMatchObject({ ok: true });
      expect(await nightAfter(91, rules)).toBe(0);
    });

    it('keeps the sound of a numbered record for ever, also where number and sound stand at joined calls', async () => {
      const [own, joined, plain] = [
        await keptCall(store, recordings, '1.1'),
        await keptCall(store, recordings, '1.3'),
        await keptCall(store, recordings, '2.1'),
      ];
      await keptCall(store, recordings, '1.2');
      const callOf = async (recording: string) => (await store.recording(recording))?.call ?? '';
      await (await registered(store, await callOf(own)))();
      const register = await registered(store, await callOf(joined));
      await done(
        store,
        telling('1.3', NOON + 60_000).say({
          kind: 'calls-joined',
          survivor: '1.2',
          survivorGeneration: 1,
          joined: '1.3',
        }),
      );
      await register();
      const rules = (['talk', 'no-record', 'before-answer'] as const).map((kind) => ({
        unit: null,
        kind,
        days: 1,
      }));
      expect(await nightAfter(9_000, rules)).toBe(1);
      expect([await stateOf(own), await stateOf(joined), await stateOf(plain)]).toEqual([
        'attached',
        'attached',
        'expired',
      ]);
      for (const recording of [own, joined]) {
        expect(filesOf(recordings, recording)).toContain(`${recording}.wav`);
      }
    });

    it('goes by the unit of the room and by what the sound is', async () => {
      const talk = await keptCall(store, recordings, '1.1');
      const before = await keptCall(store, recordings, '1.2', 'before-answer');
      const rules = [
        { unit: 'county', kind: 'talk', days: 1 },
        { unit: 'city', kind: 'before-answer', days: 30 },
        { unit: null, kind: 'talk', days: 60 },
      ] as const;
      expect(await nightAfter(29, rules)).toBe(0);
      expect(await nightAfter(31, rules)).toBe(1);
      expect([await stateOf(talk), await stateOf(before)]).toEqual(['attached', 'expired']);
      expect(await nightAfter(61, rules)).toBe(1);
      expect(await stateOf(talk)).toBe('expired');
      expect(JSON.parse((await store.auditOf(before))[0]?.payloadJson ?? '')).toMatchObject({
        rule: 'before-answer',
        unit: 'city',
        days: 30,
      });
    });

    it('lets what a probe heard go too, in both places, and keeps what was found', async () => {
      const [clean, music] = [
        await keptProbe(store, recordings, false),
        await keptProbe(store, recordings, true),
      ];
      await copied();
      expect([filesOf(copy, clean), filesOf(copy, music)]).toEqual([[`${clean}.wav`], [`${music}.wav`]]);
      const rules = [
        { unit: 'city', kind: 'no-record', days: 1 },
        { unit: 'city', kind: 'before-answer', days: 30 },
      ] as const;
      expect(await nightAfter(29, rules)).toBe(0);
      expect(await nightAfter(30, [...rules, { unit: 'city', kind: 'probe', days: 60 }])).toBe(0);
      expect(await nightAfter(30, rules)).toBe(1);
      expect([filesOf(recordings, clean), filesOf(copy, clean)]).toEqual([[], []]);
      const probe = await store.probe(clean);
      expect([probe?.sound, probe?.probe.conclusion?.ringback]).toEqual([null, 'clean']);
      expect(JSON.parse((await store.auditOf(clean))[0]?.payloadJson ?? '')).toMatchObject({
        ...{ rule: 'before-answer', unit: 'city', said: '接听前录音按规定保存 30 天，已 30 天' },
      });
      // 疑似 and 问题 keep their sound; what is dealt with goes as everything else.
      expect(await nightAfter(9_000, rules)).toBe(0);
      await decide('finding-confirmed');
      expect(await nightAfter(9_000, rules)).toBe(0);
      await decide('finding-closed');
      expect(await nightAfter(9_000, rules)).toBe(1);
      expect([filesOf(recordings, music), filesOf(copy, music)]).toEqual([[], []]);
    });

    it('keeps the sound of a call on which an open finding rests', async () => {
      const recording = await keptCall(store, recordings, '1.1');
      const heard = {
        kind: 'pre-answer-audio-heard',
        uniqueid: '1.1',
        audio: 'music',
        afterFailure: false,
      } as const;
      await done(store, telling('1.1', NOON + 1_000).say(heard));
      const rules = [{ unit: null, kind: 'talk', days: 1 }] as const;
      expect(await nightAfter(9_000, rules)).toBe(0);
      await decide('finding-dismissed');
      expect(await nightAfter(9_000, rules)).toBe(1);
      expect(await stateOf(recording)).toBe('expired');
    });

    /** The one open finding of the line. */
    async function decide(decision: FindingDecision): Promise<void> {
      const [finding] = await store.findingsOfLines(['line-1'], 1);
      await done(store, {
        ...{ type: 'finding-decide', opId: newId(), finding: finding?.id ?? '', decision, reason: '已核实' },
        ...{ account: null, person: null, name: null, at: NOON },
      });
    }

    it('deletes nothing while the second copy is away, and all of it once it is back', async () => {
      const recording = await keptCall(store, recordings, '1.1');
      await copied(recording);
      const rules = [{ unit: null, kind: 'talk', days: 10 }] as const;
      renameSync(copy, `${copy}.unplugged`);
      expect(await nightAfter(11, rules)).toBe(0);
      expect(logged).toEqual(['retention-put-off']);
      expect(await stateOf(recording)).toBe('attached');
      expect(filesOf(recordings, recording)).toEqual(all(recording));
      expect(await store.auditOf(recording)).toEqual([]);
      // The bare mount point is there, the disk is not.
      mkdirSync(copy);
      expect(await nightAfter(12, rules)).toBe(0);
      expect(filesOf(recordings, recording)).toEqual(all(recording));
      rmSync(copy, { recursive: true });
      renameSync(`${copy}.unplugged`, copy);
      expect(await nightAfter(13, rules)).toBe(1);
      expect([filesOf(recordings, recording), filesOf(copy, recording)]).toEqual([[], []]);
      expect(await stateOf(recording)).toBe('expired');
      expect(existsSync(join(copy, 'dutyline-copy.id'))).toBe(true);
    });
  });
});
