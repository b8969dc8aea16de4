/**
 * The axis of a call: from its arrival to its end, with the ring, each sound where it belongs, and what is missing of the
 * talk as a gap of its true length. Pure; places on the axis in seconds since the call began.
 */
import type { CallView, RecordingView } from '../../web/protocol/call-view.ts';
import { momentAt, type Place } from '../call-moments.ts';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface SoundStretch extends Stretch {
  readonly recording: string;
}

export interface Axis {
  /** When the call began, ms UTC. */
  readonly begin: number;
  readonly seconds: number;
  /** Before anybody spoke; null: the call was answered at once. */
  readonly ring: Stretch | null;
  /** In their order; none lies over another. */
  readonly sounds: readonly SoundStretch[];
  readonly gaps: readonly Stretch[];
}

/** So much of a sound may lie over another: the clocks of the PBX and its files differ a little. */
const GRACE = 1;
/** Less than this is told in words (完整度) but cannot be seen. */
const LEAST_GAP = 0.1;

/**
 * `sounds` are those that can be played. Where two hold the same time, the chosen one is shown. `isDue`: the line is recorded,
 * so a talk without sound is missing.
 */
export function axisOf(
  call: CallView,
  sounds: readonly RecordingView[],
  chosen: string | null,
  isDue = true,
): Axis {
  const since = (moment: number): number => Math.max(0, (moment - call.startedAt) / 1000);
  const end = since(call.endedAt ?? call.startedAt);
  const answer = call.answeredAt === null ? null : since(call.answeredAt);
  const placed = side(
    [...sounds]
      .sort((one, other) => Number(other.id === chosen) - Number(one.id === chosen))
      .map((sound) => {
        const from = since(momentAt(call, sound, 0));
        return { recording: sound.id, from, to: from + (sound.seconds ?? 0), defects: sound.defects ?? [] };
      }),
  );
  const hasTalk = answer === null || placed.some(({ to }) => to > answer + LEAST_GAP);
  const missing = hasTalk || !isDue ? placed.flatMap(missingOf) : [{ from: answer ?? 0, to: end }];
  const gaps = without(missing, placed).filter(({ from, to }) => to - from >= LEAST_GAP);
  const ring = { from: 0, to: answer ?? end };
  return {
    begin: call.startedAt,
    seconds: Math.max(1, end, ...placed.map(({ to }) => to), ...gaps.map(({ to }) => to)),
    ring: ring.to > 0 ? ring : null,
    sounds: placed.map(({ recording, from, to }) => ({ recording, from, to })),
    gaps,
  };
}

type Placed = SoundStretch & { readonly defects: NonNullable<RecordingView['defects']> };

/** One beside the other, in their order: what lies over an earlier one of the list is left out. */
function side(sounds: readonly Placed[]): readonly Placed[] {
  const kept: Placed[] = [];
  for (const sound of sounds)
    if (kept.every((other) => sound.from >= other.to - GRACE || sound.to <= other.from + GRACE))
      kept.push(sound);
  return kept.sort((one, other) => one.from - other.from);
}

/** What was measured as missing; where nobody can say at which end, it stands behind. */
function missingOf({ from, to, defects }: Placed): readonly Stretch[] {
  return defects.flatMap((defect) => {
    if (defect.kind === 'cut-at-start') return [{ from: Math.max(0, from - defect.seconds), to: from }];
    if (defect.kind === 'cut-at-end' || defect.kind === 'short')
      return [{ from: to, to: to + defect.seconds }];
    return [];
  });
}

/** The stretches less what the sounds hold, each second once. */
function without(stretches: readonly Stretch[], sounds: readonly Stretch[]): readonly Stretch[] {
  const kept: Stretch[] = [];
  for (const stretch of [...stretches].sort((one, other) => one.from - other.from)) {
    let from = Math.max(stretch.from, kept[kept.length - 1]?.to ?? 0);
    for (const sound of sounds) {
      if (sound.to <= from || sound.from >= stretch.to) continue;
      if (sound.from > from) kept.push({ from, to: sound.from });
      from = Math.max(from, sound.to);
    }
    if (from < stretch.to) kept.push({ from, to: stretch.to });
  }
  return kept;
}

/** Where playing begins: at the answer, or with the first sound where nothing was spoken. Null: there is no sound. */
export function startOf(axis: Axis): SoundStretch | null {
  const answer = axis.ring?.to ?? 0;
  return axis.sounds.find(({ to }) => to > answer + LEAST_GAP) ?? axis.sounds[0] ?? null;
}

/** The sound at a place of the axis; null: there is none. */
export function soundAt(axis: Axis, at: number): Place | null {
  const sound = axis.sounds.find(({ from, to }) => at >= from && at < to);
  return sound === undefined ? null : { recording: sound.recording, seconds: at - sound.from };
}

/** The begin of the next sound at or behind a place; ring and gaps are passed over. Null: none follows. */
export function nextSound(axis: Axis, at: number): Place | null {
  const sound = axis.sounds.find(({ from }) => from >= at);
  return sound === undefined ? null : { recording: sound.recording, seconds: 0 };
}

/** The begin of the sound that follows another; null: it was the last. */
export function soundAfter(axis: Axis, recording: string): Place | null {
  const next = axis.sounds[axis.sounds.findIndex((sound) => sound.recording === recording) + 1];
  return next === undefined ? null : { recording: next.recording, seconds: 0 };
}

/** The place on the axis of a second of a sound. */
export function onAxis(axis: Axis, recording: string, seconds: number): number {
  return (axis.sounds.find((sound) => sound.recording === recording)?.from ?? 0) + seconds;
}

/** Of one sound, where the loop stands on the axis; null: not both ends are set. */
export function stretchOnAxis(
  axis: Axis,
  recording: string,
  ends: { readonly from: number | null; readonly to: number | null },
): Stretch | null {
  if (ends.from === null || ends.to === null) return null;
  return { from: onAxis(axis, recording, ends.from), to: onAxis(axis, recording, ends.to) };
}
