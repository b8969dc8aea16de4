/** Beside each of the ten items what the system knows of the rooms that are inspected. A room is named where there are several. */
import { byItem, type ItemCode } from '../duty/inspection-items.ts';
import type { KnownItems, KnownLine, RoomHistory } from '../duty/inspection-known.ts';
import {
  knownOfArrangement,
  knownOfCover,
  knownOfReporting,
  knownOfReportingRules,
  knownOfSuperiors,
  knownOfWhereabouts,
} from './known-duty.ts';
import type { KnownSetting } from './known-line.ts';
import { knownOfClocks, knownOfFeedback } from './known-reports.ts';
import { knownOfAnswering, knownOfLine, type WatchedNumber } from './known-telephone.ts';

export interface InspectedRoom {
  readonly history: RoomHistory;
  readonly lines: readonly WatchedNumber[];
}

export function knownItems(rooms: readonly InspectedRoom[], setting: KnownSetting): KnownItems {
  return byItem((code) => rooms.flatMap((room) => named(room, sayings[code](room, setting), rooms.length)));
}

const sayings: Readonly<
  Record<ItemCode, (room: InspectedRoom, setting: KnownSetting) => readonly KnownLine[]>
> = {
  A1: ({ history }, setting) => knownOfReporting(history, setting),
  A2: ({ history }, setting) => knownOfCover(history, setting),
  A3: ({ history }, setting) => knownOfWhereabouts(history, setting),
  A4: ({ history }, setting) => knownOfArrangement(history, setting),
  B1: ({ history }, setting) => knownOfAnswering(history, setting),
  B2: ({ lines }, setting) => lines.flatMap((line) => knownOfLine(line, setting)),
  B3: ({ history }, setting) => knownOfSuperiors(history, setting),
  B4: ({ history }, setting) => knownOfReportingRules(history, setting),
  C1: ({ history }, setting) => knownOfClocks(history, setting),
  C2: ({ history }, setting) => knownOfFeedback(history, setting),
};

function named({ history }: InspectedRoom, lines: readonly KnownLine[], rooms: number): readonly KnownLine[] {
  return rooms === 1 ? lines : lines.map((line) => ({ ...line, text: `${history.name}：${line.text}` }));
}
