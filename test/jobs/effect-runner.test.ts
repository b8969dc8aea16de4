import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createEffectRunner } from '../../src/jobs/effect-runner.ts';
import { done } from '../storage/back-ends.ts';
import { OFFICE } from '../storage/office.ts';
import { attaching, endCall, openJobs, QUICK } from './job-bed.ts';

const folder = mkdtempSync(join(tmpdir(), 'dutyline-runner-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('gives back what was claimed while it closed, and begins with none of it', async () => {
  const jobs = await openJobs({ database: join(folder, 'jobs.db'), redis: null });
  await done(jobs.store, { type: 'office-import', office: OFFICE, at: 0 });
  await endCall(jobs, '1.1');
  let runs = 0;
  const runner = createEffectRunner(
    { work: jobs.work, store: jobs.store, now: Date.now, log: () => {}, limits: QUICK },
    attaching(() => {
      runs += 1;
      return Promise.resolve({ kind: 'done' });
    }),
  );
  const at = Date.now();
  const { claimed } = await done(jobs.store, {
    type: 'effects-claim',
    lease: 'lease-1',
    leaseUntil: at + 60_000,
    kinds: ['attach-recordings'],
    only: null,
    limit: 1,
    at,
  });
  await runner.close();
  for (const one of claimed) await runner.run(one);
  expect(runs).toBe(0);
  expect(await jobs.store.dueEffects(Date.now(), 10)).toMatchObject([{ linkedid: '1.1' }]);
  await jobs.close();
});
