import { EDITS } from '../form/form-chaos.ts';
import { startFormService } from '../form/form-service.ts';
import { type Judged, runForms } from '../form/run-forms.ts';
import { keepProgress, type Run, resumed, runOf, writeSection } from './soak-report.ts';

const FORMS_AT_ONCE = 20;
const KILLS_AT_ONCE = 4;

interface Round {
  readonly kills: number;
  readonly forms: readonly Judged[];
}

/**
 * `count` seeds from `seed` on, twenty forms at a time on a service of their own. Goes on where an interrupted run of the same commit
 * and seed stopped. Writes its section of `docs/soak.md`. Answers the exit code: 1 when a word was lost or hidden.
 */
export async function soakForm(seed: number, count: number): Promise<number> {
  const run = runOf(seed);
  const rounds = [...resumed<Round>('form', run)];
  const done = () => rounds.reduce((sum, { forms }) => sum + forms.length, 0);
  while (done() < count) {
    const first = seed + done();
    const seeds = Array.from(
      { length: Math.min(FORMS_AT_ONCE, count - done()) },
      (_, index) => first + index,
    );
    const service = await startFormService();
    try {
      rounds.push(await runForms(service, seeds, KILLS_AT_ONCE));
    } finally {
      await service.dispose();
    }
    keepProgress('form', run, rounds);
    const breaches = rounds.at(-1)?.forms.flatMap((form) => form.breaches) ?? [];
    process.stdout.write(
      `${done()}/${count} forms: ${breaches.length === 0 ? 'no word lost' : breaches.join('; ')}\n`,
    );
  }
  writeSection('Form', describe(count, run, rounds));
  return rounds.some(({ forms }) => forms.some(({ breaches }) => breaches.length > 0)) ? 1 : 0;
}

function describe(count: number, { commit, seed }: Run, rounds: readonly Round[]): string {
  const forms = rounds.flatMap((round) => round.forms);
  const sum = (of: (form: Judged) => number) => forms.reduce((total, form) => total + of(form), 0);
  const kills = rounds.reduce((total, round) => total + round.kills, 0);
  const blows = [...new Set(forms.flatMap(({ happened }) => Object.keys(happened)))].sort();
  const faulty = forms.filter(({ breaches }) => breaches.length > 0);
  return `\`npm run soak -- form ${seed} ${count}\` at commit ${commit}: ${forms.length} forms, each with ${EDITS} edits by three officers
from a seed of its own (${seed} and on), by the page's own code on real sockets. The service, a process on SQLite, was killed
with kill -9 ${kills} times among them, ${KILLS_AT_ONCE} times for every ${FORMS_AT_ONCE} forms. ${sum((form) => form.accepted)} edits acknowledged, ${sum((form) => form.conflicts)} conflicts. **${faulty.length} forms with a
breach.**

| what happened to a page | times |
| --- | --- |
${blows.map((blow) => `| ${blow} | ${sum(({ happened }) => happened[blow] ?? 0)} |`).join('\n')}

A breach is: a value that is not the last accepted edit, an acknowledged text that is not in the history at its version, a
version that is missing or there twice, a text overwritten unseen, a conflict that its page did not show, a conflict of one
officer with himself, a text typed or given up that is nowhere in the history, two screens that differ in the end.

${faulty.flatMap(({ seed: of, breaches }) => breaches.map((breach) => `- seed ${of}: ${breach}`)).join('\n')}
`;
}
