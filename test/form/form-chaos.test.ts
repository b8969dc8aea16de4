import { expect, it } from 'vitest';
import { startPostgres } from '../bed/postgres.ts';
import { startFormService } from './form-service.ts';
import { type FormsRun, runForms } from './run-forms.ts';

const SEEDS = 20;
const FIRST_SEED = 20_261_127;

function seedsFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

function breachesOf({ forms }: FormsRun): readonly string[] {
  return forms.flatMap(({ seed, breaches }) => breaches.map((breach) => `seed ${seed}: ${breach}`));
}

/** What the run went through; without these the judgement would say nothing. */
function wentThrough({ forms }: FormsRun): ReadonlySet<string> {
  return new Set(forms.flatMap(({ happened }) => Object.keys(happened)));
}

it('a form loses no word under three officers, dropped sockets, stale pages and a killed service', async () => {
  const service = await startFormService();
  try {
    const run = await runForms(service, seedsFrom(FIRST_SEED, SEEDS), 3);
    expect(breachesOf(run)).toEqual([]);
    expect(run.kills).toBe(3);
    expect([...wentThrough(run)].sort()).toEqual([
      'answers lost',
      'network cut',
      'page dies',
      'page hears late',
      'page loaded again',
      'page sleeps',
      'second page beside a sleeping one',
    ]);
    expect(run.forms.every(({ accepted }) => accepted > 10)).toBe(true);
    expect(run.forms.filter(({ conflicts }) => conflicts > 0).length).toBeGreaterThan(SEEDS / 2);
  } finally {
    await service.dispose();
  }
}, 300_000);

it('and no word on PostgreSQL', async () => {
  const postgres = await startPostgres();
  const service = await startFormService(postgres.createDatabase('form'));
  try {
    const run = await runForms(service, seedsFrom(FIRST_SEED, 3), 1);
    expect(breachesOf(run)).toEqual([]);
    expect(run.kills).toBe(1);
  } finally {
    await service.dispose();
    await postgres.stop();
  }
}, 300_000);
