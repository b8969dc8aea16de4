/** How people, matters and times of a 交接班 are named on the page. Pure; times are ms UTC. */

import { KIND_NAMES } from '../../diagnosis/names.ts';
import { type DeviceEvidence, recordingWorks, telephoneWorks } from '../../duty/device-evidence.ts';
import type { HandedMatter, HandOver, OpenMatter } from '../../duty/hand-over.ts';
import type { HandOverView, MatterView } from '../../duty/hand-over-view.ts';
import { objectionToStanding } from '../../duty/standing.ts';
import { listMoment, typedMoment } from '../format.ts';
import { words } from '../words.ts';
import { handOverWords as say } from './words.ts';

type People = HandOverView['people'];

export function nameOf(people: People, id: string): string {
  return people.find((person) => person.id === id)?.name ?? id;
}

export function namesOf(people: People, ids: readonly string[]): string {
  return ids.map((id) => nameOf(people, id)).join(say.separator);
}

/** What a 接班人 is told who may not be on duty, or of whom nobody has said; null: he may. */
export function saidStanding(people: People, id: string, leaders: string): string | null {
  const person = people.find((one) => one.id === id);
  if (person === undefined) return null;
  const objection = objectionToStanding(person.name, person.standing);
  if (objection === null) return null;
  return objection.code === 'not-permanent'
    ? `${objection.zh}${say.takesAnyway(leaders)}`
    : say.standingUnsaid(person.name);
}

export function keyOf({ kind, id }: OpenMatter): string {
  return `${kind} ${id}`;
}

/** What is known of who and what, each a part of its own; callers' words among them. */
export function saidMatter({ kind, unit, person, number, text }: MatterView): {
  readonly who: string;
  readonly text: string;
} {
  switch (kind) {
    case 'finding':
      return { who: number, text: Object.entries(KIND_NAMES).find(([name]) => name === text)?.[1] ?? text };
    case 'task':
    case 'clock':
      return { who: '', text };
    default: {
      const named = unit === '' || person === '' ? unit || person : `${unit}（${person}）`;
      return { who: named || number || words.numberHidden, text };
    }
  }
}

/** 不移交 of the shift before, by matter: what it said it would see to itself. */
export function keptBefore(
  view: HandOverView,
): ReadonlyMap<string, { readonly name: string; readonly reason: string }> {
  const before = view.past.find(({ handOver }) => handOver.state === 'done')?.handOver;
  const kept = (before?.matters ?? []).filter((matter) => !matter.handed);
  const name = nameOf(view.people, before?.giver?.person ?? '');
  return new Map(kept.map((matter) => [keyOf(matter), { name, reason: matter.reason ?? '' }]));
}

/** 不移交 without a reason: nobody can sign before it has one. */
export function isUndecided({ handed, reason }: HandedMatter): boolean {
  return !handed && (reason ?? '').trim() === '';
}

/** What telephone and recording showed; a person's look counts where nothing did. */
export function shownWorking(
  device: 'telephone' | 'recording',
  { evidence, devices }: Pick<HandOver, 'evidence' | 'devices'>,
): { readonly works: boolean | null; readonly byHand: boolean } {
  const works =
    evidence === undefined
      ? null
      : device === 'telephone'
        ? telephoneWorks(evidence)
        : recordingWorks(evidence);
  return works === null ? { works: devices[device] ?? null, byHand: true } : { works, byHand: false };
}

/** Sentences under 电话 and 录音. */
export function saidEvidence(
  device: 'telephone' | 'recording',
  evidence: DeviceEvidence,
  handOver: Pick<HandOver, 'probes'>,
  now: number,
): readonly string[] {
  if (device === 'recording') {
    const { recorded, silent } = evidence;
    if (recorded + silent === 0) return [say.nothingToRecord];
    return [...(silent > 0 ? [say.silent(silent)] : []), say.recorded(recorded)];
  }
  if (evidence.lines.length === 0) return [say.noLines];
  return evidence.lines.map(({ line, number, inSight, lastCallAt, probe }) => {
    const refused = handOver.probes?.find((one) => one.line === line)?.refused ?? null;
    const parts = [
      ...(inSight ? [] : [say.outOfSight]),
      ...(probe === null ? [] : [saidProbe(probe, now)]),
      ...(refused === null ? [] : [refused.replace(/。$/, '')]),
      lastCallAt === null ? say.noCall : say.call(listMoment(lastCallAt, now)),
    ];
    return `${number} ${parts.join('，')}`;
  });
}

function saidProbe(
  { at, running, arrived }: NonNullable<DeviceEvidence['lines'][number]['probe']>,
  now: number,
): string {
  if (running) return say.probeRuns;
  const time = listMoment(at, now);
  if (arrived === null) return say.probeUnknown(time);
  return arrived ? say.probeArrived(time) : say.probeLost(time);
}

const DAY_MS = 86_400_000;

/** A time to come, as typed: `8:30` is the next one, `明天 8:30`, `11-28 8:30`. Null: no time, or over. */
export function typedDue(text: string, now: number): number | null {
  const typed = text.normalize('NFKC').trim();
  const tomorrow = typed.startsWith('明天');
  const plain = typed.replace(/^明天\s*/, '今天 ');
  const at = typedMoment(plain, now);
  if (at === null) return null;
  const hasDay = /[-年月/.天]/.test(plain);
  // A time without a day is the next such one.
  const due = tomorrow || (!hasDay && at <= now) ? at + DAY_MS : at;
  return due > now ? due : null;
}
