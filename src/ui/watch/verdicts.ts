/** How a verdict looks and what it says: colour, shape, word; and never green without a proof. Pure. */
import { type FindingState, isOpen } from '../../diagnosis/finding.ts';
import { SCOPES, TOPIC_OF, type Topic } from '../../diagnosis/suspicion.ts';
import type { LineVerdict, WatchedTopic } from '../../diagnosis/verdict.ts';
import type { FindingView, WatchedLineView } from '../../web/protocol/watch-view.ts';
import { listMoment } from '../format.ts';
import type { MarkName } from '../icons.tsx';
import type { Tone } from '../state-mark.tsx';
import { watchWords as say } from './words.ts';

export const VERDICT_LOOK: Readonly<
  Record<LineVerdict['state'], { readonly tone: Tone; readonly mark: MarkName }>
> = {
  none: { tone: 'green', mark: 'tick' },
  suspect: { tone: 'amber', mark: 'question' },
  confirmed: { tone: 'red', mark: 'triangle' },
  unknown: { tone: 'grey', mark: 'hatched' },
};

export const FINDING_LOOK: Readonly<Record<FindingState, { readonly tone: Tone; readonly mark: MarkName }>> =
  {
    suspect: { tone: 'amber', mark: 'question' },
    confirmed: { tone: 'red', mark: 'triangle' },
    dismissed: { tone: 'grey', mark: 'dash' },
    closed: { tone: 'green', mark: 'tick' },
  };

/** Time and source; '' where nobody ever looked. */
export function verdictMoment({ at, source }: LineVerdict, now: number): string {
  if (at === null) return '';
  const time = listMoment(at, now);
  return source === null ? time : say.at(time, say.sources[source]);
}

/** What it covers, and what it does not: without that a proof says more than it knows. */
export function verdictScope({ state, scopes }: LineVerdict): string {
  if (state !== 'none') return '';
  const covered = SCOPES.filter((scope) => scopes.includes(scope)).map((scope) => say.scopes[scope]);
  const missing = SCOPES.filter((scope) => !scopes.includes(scope)).map((scope) => say.scopes[scope]);
  const range = say.range(covered.join('、'));
  return missing.length === 0 ? range : `${range}；${say.notCovered(missing.join('、'))}`;
}

export function verdictSentence(topic: WatchedTopic, verdict: LineVerdict, now: number): string {
  const word = say.topics[topic];
  const { state, at, source, why } = verdict;
  if (state === 'suspect') return say.verdict.suspect(word);
  if (state === 'confirmed') return say.verdict.confirmed(word);
  if (state === 'unknown' || at === null || source === null)
    return say.verdict.unknown(word, say.why[why ?? 'never']);
  const time = listMoment(at, now);
  return source === 'call' ? say.verdict.arrived(time) : say.verdict.none(word, time, say.sources[source]);
}

/** The findings of one question, the undecided ones first, then the newest. */
export function findingsOf(line: WatchedLineView, topic: Topic): readonly FindingView[] {
  return line.findings
    .filter((finding) => TOPIC_OF[finding.kind] === topic)
    .sort((one, other) => rank(one) - rank(other) || other.lastAt - one.lastAt);
}

function rank({ state }: FindingView): number {
  return state === 'suspect' ? 0 : state === 'confirmed' ? 1 : 2;
}

export function openFindings(line: WatchedLineView, topic: Topic): readonly FindingView[] {
  return findingsOf(line, topic).filter((finding) => isOpen(finding.state));
}

export type LineFilter = 'all' | 'suspect' | 'unknown';

export function matches(line: WatchedLineView, filter: LineFilter): boolean {
  const states = [line.forwarding.state, line.ringback.state];
  if (filter === 'all') return true;
  if (filter === 'unknown') return states.includes('unknown');
  return line.undecided > 0 || states.includes('suspect') || states.includes('confirmed');
}

/** The cells of a row, from left to right. */
export const TOPICS = ['answering', 'forwarding', 'ringback'] as const satisfies readonly Topic[];

/** Where somebody comes from: `<finding>`, `<line>` or `<line>/<topic>`; null: nothing of that name is here. */
export function placeOf(
  lines: readonly WatchedLineView[],
  argument: string,
): { readonly line: string; readonly topic: Topic } | null {
  const finding = lines.flatMap((line) => line.findings).find(({ id }) => id === argument);
  if (finding !== undefined) return { line: finding.line, topic: TOPIC_OF[finding.kind] };
  const [id, wanted] = argument.split('/');
  const line = lines.find((one) => one.line === id);
  if (line === undefined) return null;
  const topic = TOPICS.find((one) => one === wanted) ?? worstTopic(line);
  return { line: line.line, topic };
}

function worstTopic(line: WatchedLineView): Topic {
  return TOPICS.find((topic) => findingsOf(line, topic)[0]?.state === 'suspect') ?? 'forwarding';
}

/** Lines by the unit they belong to, each unit where its first line stands. Two units of one name are two. */
export function byUnit(
  lines: readonly WatchedLineView[],
): readonly { readonly id: string; readonly name: string; readonly lines: readonly WatchedLineView[] }[] {
  const units = new Map<string, WatchedLineView[]>();
  for (const line of lines) units.set(line.unitId, [...(units.get(line.unitId) ?? []), line]);
  return [...units].map(([id, own]) => ({ id, name: own[0]?.unit ?? id, lines: own }));
}
