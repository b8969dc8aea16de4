/**
 * What changes within a ringback: it begins anew, goes on at another pitch, or louder or softer. Each says that another
 * telephone is being rung now, for one exchange keeps its beat.
 */
import type { SoundEvent } from './heard.ts';
import { decibels } from './level.ts';
import { median } from './note.ts';
import type { Tone } from './tone-rule.ts';

/** Beat to beat 5 s ± 10 %. */
const PERIOD = [4.4, 5.6] as const;
/** Beats of one exchange follow each other as exactly as a clock; what is lost on the way moves an edge by a packet or two. */
const PERIOD_SLACK = 0.3;
const TONE_CHANGE_HZ = 8;
/** And half of what a coder makes the beats themselves waver. */
const LEVEL_CHANGE_DB = 4;
/** Enough of a beat to measure its pitch. */
const LONG_ENOUGH = 0.3;

/** `tones`: the beats of one ringback, in order. */
export function changesIn(tones: readonly Tone[]): readonly SoundEvent[] {
  const events: SoundEvent[] = [];
  const usual = usualPeriod(tones);
  for (let at = 1; at < tones.length; at += 1) {
    const [last, tone] = [tones[at - 1], tones[at]];
    if (last === undefined || tone === undefined) continue;
    const gap = tone.from - last.to;
    const period = tone.from - last.from;
    if (isRestart(period, gap, last, usual)) events.push({ t: tone.from, type: 'restart', gap });
    if (Math.min(tone.to - tone.from, last.to - last.from) < LONG_ENOUGH) continue;
    if (Math.abs(tone.hz - last.hz) >= TONE_CHANGE_HZ)
      events.push({ t: tone.from, type: 'tone_change', fromHz: last.hz, toHz: tone.hz });
    const db = decibels(tone.power) - decibels(last.power);
    if (Math.abs(db) >= LEVEL_CHANGE_DB + (tone.ripple + last.ripple) / 2)
      events.push({ t: tone.from, type: 'level_change', db });
  }
  return events;
}

/** The period that most of the beats keep; null: fewer than two that agree. */
function usualPeriod(tones: readonly Tone[]): number | null {
  const periods = tones
    .slice(1)
    .flatMap((tone, at) => {
      const last = tones[at];
      return last === undefined || last.beginsBefore ? [] : [tone.from - last.from];
    })
    .filter((period) => period >= PERIOD[0] && period <= PERIOD[1]);
  if (periods.length < 2) return null;
  const middle = median(periods);
  return periods.filter((period) => Math.abs(period - middle) < PERIOD_SLACK).length >= 2 ? middle : null;
}

function isRestart(period: number, gap: number, last: Tone, usual: number | null): boolean {
  if (last.beginsBefore) return gap < 3.45 || gap > 4.6;
  if (usual !== null) return Math.abs(period - usual) > PERIOD_SLACK;
  return period < PERIOD[0] || period > PERIOD[1];
}
