/** The address of 迎检: `ready`, or `ready/<room>/<from>/<to>/<which calls>`. Pure. */
import { CALLS_SHOWN, type CallsShown } from '../../duty/inspection-known.ts';

export const READY = 'ready';

export interface ReadinessPlace {
  readonly room: string;
  readonly from: number;
  readonly to: number;
  readonly only: CallsShown;
}

export function pathOfReadiness({ room, from, to, only }: ReadinessPlace): string {
  return [READY, room, from, to, only].join('/');
}

/** Null: nothing is chosen yet. */
export function readinessPlace(argument: string): ReadinessPlace | null {
  const [, room, from, to, shown] = argument.split('/');
  const only = CALLS_SHOWN.find((one) => one === shown);
  if (room === undefined || only === undefined) return null;
  if (!/^\d{1,13}$/.test(from ?? '') || !/^\d{1,13}$/.test(to ?? '')) return null;
  return { room, from: Number(from), to: Number(to), only };
}
