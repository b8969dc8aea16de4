/** 值班工作检查: what was found where, and what an inspector, or a room before he comes, is told beside it. */
import type { Inspection } from '../../duty/inspection.ts';
import type { AnswerLimits } from '../../duty/inspection-answering.ts';
import type { RoomHistory } from '../../duty/inspection-known.ts';
import type { ShiftEnds } from '../../duty/swap.ts';
import { inspectionsOf, type KeptInspection, keptInspection } from '../inspection-reads.ts';
import { atOneMoment, type ReadDeps } from '../read.ts';
import { answerLimits, roomHistory } from '../room-history.ts';

export interface StoredInspections {
  /** 值班工作检查 of these units, the latest first. */
  inspectionsOf(units: readonly string[]): Promise<readonly Inspection[]>;
  inspection(id: string): Promise<KeptInspection | undefined>;
  /** What 检查 and 迎检 are told of a room and a stretch (ms UTC). */
  roomHistory(room: string, span: ShiftEnds): Promise<RoomHistory | undefined>;
  /** By which an answer is good, and by which it is late, in this office. */
  answerLimits(): AnswerLimits;
}

export function storedInspections(deps: ReadDeps): StoredInspections {
  return {
    inspectionsOf: (units) => atOneMoment(deps, (moment) => inspectionsOf(moment, units)),
    inspection: (id) => atOneMoment(deps, (moment) => keptInspection(moment, id)),
    roomHistory: (room, span) => roomHistory(deps, room, span),
    answerLimits: () => answerLimits(deps),
  };
}
