/** What stands over the lanes: rang, answered, held, transferred, and what was noted, each at its second. Pure. */
import type { CallView } from '../../web/protocol/call-view.ts';
import type { RoomView } from '../../web/protocol/room-view.ts';
import { saidStep } from '../saying.ts';
import type { Axis } from './axis.ts';
import { replayWords as say } from './words.ts';

export interface Flag {
  readonly key: string;
  readonly kind: 'rang' | 'answered' | 'hold' | 'transfer' | 'note';
  /** Seconds on the axis. */
  readonly at: number;
  readonly text: string;
}

const STEPS: Readonly<Record<string, Flag['kind']>> = {
  'leg-held': 'hold',
  'leg-unheld': 'hold',
  'call-transferred': 'transfer',
  'call-left-premises': 'transfer',
};

/** In their order. Struck notes are not shown here. */
export function flagsOf(call: CallView, axis: Axis, room: RoomView | null): readonly Flag[] {
  const flag = (kind: Flag['kind'], moment: number, text: string, key: string): Flag => {
    const at = Math.min(axis.seconds, Math.max(0, (moment - axis.begin) / 1000));
    return { key: `${kind} ${key}`, kind, at, text };
  };
  const flags = [
    ...(call.ringingAt === null ? [] : [flag('rang', call.ringingAt, say.flags.rang, '')]),
    ...(call.answeredAt === null ? [] : [flag('answered', call.answeredAt, say.flags.answered, '')]),
    ...call.course.flatMap(({ kind, at, detail }, place) => {
      const shown = STEPS[kind];
      if (shown === undefined) return [];
      const parts = [say.flags.steps[kind] ?? '', ...saidStep({ kind, at, detail }, room)];
      return [flag(shown, at, parts.join(' '), String(place))];
    }),
    ...call.notes
      .filter(({ struck }) => !struck)
      .map(({ id, moment, text }) => flag('note', moment, text, id)),
  ];
  return flags.sort((one, other) => one.at - other.at);
}

const SIGN = 13;
const BESIDE = 14;
const LONGEST = 12;

/**
 * On which line each flag has room for its text, the first that is free; null: on none, then only its pole stands. `width`
 * and what comes out are pixels; a flag near the right end stands to the left of its pole.
 */
export function linesOf(
  flags: readonly Flag[],
  { seconds, width, lines }: { readonly seconds: number; readonly width: number; readonly lines: number },
): ReadonlyMap<string, { readonly line: number; readonly leftwards: boolean }> {
  const taken = Array.from({ length: lines }, (): [number, number][] => []);
  const found = new Map<string, { readonly line: number; readonly leftwards: boolean }>();
  for (const { key, at, text } of flags) {
    const pole = (at / seconds) * width;
    const long = Math.min(LONGEST, [...text].length) * SIGN + BESIDE;
    const leftwards = pole + long > width;
    const [from, to] = leftwards ? [pole - long, pole] : [pole, pole + long];
    const line = taken.findIndex((others) => others.every(([start, stop]) => to <= start || from >= stop));
    if (line < 0) continue;
    taken[line]?.push([from, to]);
    found.set(key, { line, leftwards });
  }
  return found;
}
