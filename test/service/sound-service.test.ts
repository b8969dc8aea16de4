import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { onBothBackEnds } from '../storage/back-ends.ts';
import { answeredCall, NOON } from '../storage/telling.ts';
import { loggedIn } from '../web/browser.ts';
import { PASSWORD } from '../web/web-bed.ts';
import { type RunningService, startRunningService } from './running-service.ts';
import { filesOf, keptCall } from './sound-bed.ts';

const PATIENCE = { timeout: 50_000, interval: 50 };
const all = (recording: string) => ['opus', 'peaks', 'wav'].map((ending) => `${recording}.${ending}`);

onBothBackEnds((backEnd) => {
  let database: string;
  let bed: RunningService;
  beforeAll(async () => {
    database = await backEnd.freshDatabase();
    bed = await startRunningService(database);
  });
  afterAll(async () => {
    await bed?.stop();
    bed?.dispose();
  });

  const pullCopy = () => renameSync(bed.copy, `${bed.copy}.pulled`);
  function plugCopyIn(): void {
    if (!existsSync(`${bed.copy}.pulled`)) return;
    rmSync(bed.copy, { recursive: true, force: true });
    renameSync(`${bed.copy}.pulled`, bed.copy);
  }
  afterEach(plugCopyIn);

  const isCopied = async (recording: string) =>
    (await bed.service.store.recording(recording))?.copyState === 'verified';
  const lying = (recording: string) => [filesOf(bed.recordings, recording), filesOf(bed.copy, recording)];

  let calls = 0;
  async function kept(): Promise<{ readonly recording: string; readonly call: string }> {
    calls += 1;
    const recording = await keptCall(bed.told, bed.recordings, `1.${calls}`);
    await expect.poll(() => isCopied(recording), PATIENCE).toBe(true);
    expect(lying(recording)).toEqual([all(recording), all(recording)]);
    const call = (await bed.service.store.recording(recording))?.call ?? '';
    return { recording, call };
  }

  async function destroyed(call: string): Promise<void> {
    const leader = await loggedIn(bed.base, 'leader');
    const answer = await leader.fetch(`/api/shut/${call}/destroy`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: bed.base },
      body: JSON.stringify({ reason: '误谈涉密事项', login: 'supervisor', password: PASSWORD, totp: null }),
    });
    expect(answer.status).toBe(204);
  }

  describe('涉密误录处置 by the running service', () => {
    it('destroys original, playable copy, peaks and second copy; fact, digest and who decided remain', async () => {
      const [one, other] = [await kept(), await kept()];
      const before = await bed.service.store.recording(one.recording);
      await destroyed(one.call);
      await expect.poll(() => lying(one.recording), PATIENCE).toEqual([[], []]);
      expect(lying(other.recording)).toEqual([all(other.recording), all(other.recording)]);

      const supervisor = await loggedIn(bed.base, 'supervisor');
      const played = await supervisor.fetch(`/api/recordings/${one.recording}`);
      expect(played.status).toBeGreaterThanOrEqual(400);
      const after = await bed.service.store.recording(one.recording);
      expect(after?.sha256).toBe(before?.sha256);
      const facts = (await backEnd.run(
        database,
        `select kind, fact_json from facts where stream_id in ('${one.recording}', '${one.call}')`,
      )) as readonly { readonly kind: string; readonly fact_json: string }[];
      const told = (kind: string) =>
        facts.filter((fact) => fact.kind === kind).map((fact) => JSON.parse(fact.fact_json) as unknown);
      expect(told('recording-attached')).toMatchObject([{ sha256: before?.sha256 }]);
      expect(told('destroyed')).toMatchObject([{ call: one.call, by: ['a-leader', 'a-supervisor'] }]);
      const audited = await bed.service.store.auditOf(one.call);
      expect(audited.map(({ kind, account }) => [kind, account])).toEqual([
        ['secrecy-destroyed', 'a-leader'],
        ['secrecy-destroyed', 'a-supervisor'],
      ]);
      await expect
        .poll(async () => (await bed.service.store.auditOf(one.recording)).map(({ kind }) => kind), PATIENCE)
        .toContain('recording-erased');
      expect(await bed.service.store.verifyAudit()).toMatchObject({ ok: true });
      const verified = await bed.command(['recordings', 'verify', '--json']);
      expect(await bed.service.store.keptSounds(null, 100)).toContainEqual(
        expect.objectContaining({ id: one.recording, isDestroyed: true }),
      );
      expect([verified.code, JSON.parse(verified.output)]).toMatchObject([
        0,
        { altered: [], missing: [], unreadable: [], copy: { bad: [] } },
      ]);
    });

    it('does not rest before a second copy that was away is rid of it too', async () => {
      const { recording, call } = await kept();
      pullCopy();
      await destroyed(call);
      await expect.poll(() => filesOf(bed.recordings, recording), PATIENCE).toEqual([]);
      expect(filesOf(`${bed.copy}.pulled`, recording)).toEqual(all(recording));
      expect((await bed.service.store.pendingEffects()).map(({ kind }) => kind)).toEqual([
        'erase-recordings',
      ]);
      plugCopyIn();
      bed.ahead(61_000);
      await expect.poll(() => lying(recording), PATIENCE).toEqual([[], []]);
      await expect.poll(() => bed.service.store.pendingEffects(), PATIENCE).toEqual([]);
      expect(await bed.command(['recordings', 'verify'])).toMatchObject({ code: 0 });
    });
  });

  describe('/health', () => {
    const health = async () => (await (await fetch(`${bed.base}/health`)).json()) as Record<string, unknown>;
    /** Asked under another name than this machine's own: by somebody who sits elsewhere. */
    const healthForStrangers = () =>
      new Promise<unknown>((resolve, reject) => {
        const headers = { host: 'duty.example' };
        const at = { host: '127.0.0.1', port: bed.service.port, path: '/health', headers };
        get({ ...at, rejectUnauthorized: false, agent: false }, (response) => {
          let text = '';
          response.on('data', (chunk) => {
            text += String(chunk);
          });
          response.on('end', () => resolve(JSON.parse(text)));
        }).on('error', reject);
      });

    it('shows disk, second copy and jobs at the machine, and strangers only whether all is well', async () => {
      // Both folders of a test lie on one disk, which is worth a warning and no alarm.
      expect(await health()).toMatchObject({
        storage: 'warn',
        detail: {
          storage: {
            usedBytes: expect.any(Number),
            freeBytes: expect.any(Number),
            forecast: { level: expect.any(String) },
            copy: { state: 'ready', reason: null, sameDisk: true, bad: 0 },
          },
          storageTroubles: expect.arrayContaining([
            expect.objectContaining({ kind: 'second-copy-failing', level: 'warn' }),
          ]),
          jobs: { backEnd: 'table', awaySince: null, counts: { failed: 0, waiting: expect.any(Number) } },
        },
      });
      pullCopy();
      mkdirSync(bed.copy);
      expect(await health()).toMatchObject({
        storage: 'alarm',
        detail: { storage: { copy: { state: 'away', reason: { code: 'copy-missing-marker' } } } },
      });
      const stranger = await healthForStrangers();
      expect(stranger).toMatchObject({ storage: 'alarm' });
      expect(stranger).not.toHaveProperty('detail');
    });
  });

  describe('the disk of the recordings', () => {
    it('is told by /health when it is not mounted, and when it is there again', async () => {
      await kept();
      const recordings = async () => {
        const said = (await (await fetch(`${bed.base}/health`)).json()) as {
          readonly recordings: string;
          readonly detail: { readonly recordings: { readonly code: string } | null };
        };
        return [said.recordings, said.detail.recordings?.code ?? null];
      };
      expect(await recordings()).toEqual(['ok', null]);
      renameSync(bed.recordings, `${bed.recordings}.unmounted`);
      mkdirSync(bed.recordings);
      try {
        expect(await recordings()).toEqual(['failing', 'library-missing-marker']);
      } finally {
        rmSync(bed.recordings, { recursive: true });
        renameSync(`${bed.recordings}.unmounted`, bed.recordings);
      }
      expect(await recordings()).toEqual(['ok', null]);
    });
  });

  describe('dutyline backup beside the running service', () => {
    it('writes one moment while calls come in, and loses none of before', async () => {
      const said: number[] = [];
      let goesOn = true;
      const calls = (async () => {
        for (let n = 0; goesOn; n += 1) {
          await bed.told.write(answeredCall(`5.${n}`, NOON + n * 60_000));
          said.push(n);
        }
      })();
      await expect.poll(() => said.length, PATIENCE).toBeGreaterThan(10);
      const before = said.length;
      const file = join(dirname(bed.copy), 'backup.gz');
      const made = await bed.command(['backup', file, '--json']);
      const during = said.length - before;
      goesOn = false;
      await calls;
      expect([made.code, JSON.parse(made.output)]).toMatchObject([0, { file, rows: expect.any(Number) }]);
      expect(during).toBeGreaterThan(0);

      const other = await backEnd.freshDatabase();
      const restored = await bed.command(['restore', file, '--json'], other);
      expect([restored.code, restored.remarks]).toEqual([0, '']);
      const rows = (await backEnd.run(
        other,
        `select linkedid, ended_at from calls where linkedid like '5.%'`,
      )) as readonly { readonly linkedid: string; readonly ended_at: number | null }[];
      const back = rows.map(({ linkedid }) => Number(linkedid.slice(2))).sort((one, two) => one - two);
      expect(back).toEqual(back.map((_, n) => n));
      expect(back.length).toBeGreaterThanOrEqual(before);
      // Only the last one may stand in the middle: calls are told one after the other.
      expect(rows.filter(({ ended_at }) => ended_at === null).length).toBeLessThanOrEqual(1);
      const store = await backEnd.open(other);
      expect(await store.verifyAudit()).toMatchObject({ ok: true });
      expect(await bed.command(['backup', file])).toMatchObject({
        code: 1,
        remarks: expect.stringContaining('--replace'),
      });
    });
  });
});
