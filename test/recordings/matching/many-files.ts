/** Ten thousand files as an office's PBX leaves them, and the calls they belong to, with every trap there is. */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SoundTrail } from '../../../src/calls/sound-trail.ts';
import { trail } from './trail.ts';

/** What must become of a file. */
export type Fate =
  | { readonly call: string }
  | 'stray'
  | 'empty'
  | 'waiting'
  | 'ambiguous'
  | 'outside'
  | 'twin';

export interface ManyFiles {
  /** By path below the folder. */
  readonly fates: ReadonlyMap<string, Fate>;
  readonly trails: readonly SoundTrail[];
  /** Paths of files that grow. */
  readonly growing: readonly string[];
  readonly from: number;
  readonly to: number;
}

export const ZONE = 'Asia/Shanghai';
const OFFSET = 8 * 3_600_000;
const A_DAY = 86_400_000;
/** 23:00 in Shanghai: many of the calls go over midnight. */
const FIRST = Date.UTC(2026, 10, 20, 15);

/** Writes `count` files and tells whose they are. */
export function writeManyFiles(folder: string, count: number): ManyFiles {
  const fates = new Map<string, Fate>();
  const trails: SoundTrail[] = [];
  const growing: string[] = [];
  const made = new Set<string>();

  const put = (path: string, fate: Fate, at: number, bytes = 200) => {
    const whole = join(folder, path);
    if (!made.has(dirname(whole))) mkdirSync(dirname(whole), { recursive: true });
    made.add(dirname(whole));
    writeFileSync(whole, Buffer.alloc(bytes));
    utimesSync(whole, at / 1_000, at / 1_000);
    fates.set(path, fate);
  };

  for (let index = 0; fates.size < count; index += 1) {
    // Four calls begin in each second, all of the same number every eight seconds.
    const start = FIRST + Math.floor(index / 4) * 100_000;
    const second = start / 1_000;
    // Counters that are prefixes of each other: .1, .12, .123 in the same second.
    const uniqueid = `${second}.${[1, 12, 123, 1234][index % 4]}`;
    const number =
      ['09548887777', '0954-888-7777', 'anonymous', '13900001111'][Math.floor(index / 8) % 4] ?? '';
    const call = trail(uniqueid, start, { endedAt: start + 40_000, numbers: [number, '1001', '2030000'] });
    trails.push(call);
    const own = { call: call.call };
    const at = start + 40_000;
    const name = `external-1001-${number}-${stamp(start)}-${uniqueid}.wav`;
    const day = dayOf(start);
    switch (index % 25) {
      case 0: {
        // A transfer: the second file is of another channel of the same call.
        const consulted = `${second + 20}.${5_000 + index}`;
        trails[trails.length - 1] = { ...call, uniqueids: [uniqueid, consulted] };
        put(`${day}/${name}`, own, at);
        put(`${day}/internal-1002-1001-${stamp(start + 20_000)}-${consulted}.wav`, own, at);
        break;
      }
      case 1:
        put(`${day}/${name}`, 'empty', at, 44);
        break;
      case 2:
        put(`${day}/external-1001-${stamp(start)}-${second}.99-${stamp(start)}-${uniqueid}.wav`, own, at);
        break;
      case 3:
        // Plain Asterisk, flat.
        put(`${uniqueid}.wav`, own, at);
        break;
      case 4:
        put(`${day}/${stamp(start).slice(9, 11)}/mikopbx-${uniqueid}.webm`, 'stray', at);
        break;
      case 5:
        // The longer counter of a call that never was.
        put(`${day}/external-1001-${number}-${stamp(start)}-${uniqueid}9.wav`, 'stray', at);
        break;
      case 6:
        put(`${dayOf(start + A_DAY)}/1001-${uniqueid}-in.wav`, own, at);
        break;
      case 7:
        put(`${dayOf(start - A_DAY)}/1001-${uniqueid}-in.wav`, own, at);
        break;
      case 8:
        // Two days off, and a Uniqueid only mentioned.
        put(`${dayOf(start + 2 * A_DAY)}/1001-${uniqueid}-in.wav`, 'stray', at);
        break;
      case 9:
        put(`${day}/pbx1-${uniqueid}.wav`, 'stray', at);
        break;
      case 10: {
        const path = `${day}/${name}`;
        put(path, 'waiting', Date.now());
        growing.push(path);
        break;
      }
      case 11:
        trails[trails.length - 1] = { ...call, endedAt: null };
        put(`${day}/${name}`, 'waiting', at);
        break;
      case 12: {
        // A caller who wrote a Uniqueid of the call before into his number.
        const before = trails.at(-2)?.linkedid ?? '';
        put(`${day}/external-1001-${before}-${stamp(start)}-${uniqueid}.wav`, 'ambiguous', at);
        break;
      }
      case 13:
        // The right name in a folder that is not of its day: a Uniqueid is of one channel only.
        put(`2026/01/01/${name}`, own, at);
        break;
      case 14:
        put(`2019/06/01/external-1001-1-20190601-120000-1559361600.${index}.wav`, 'outside', at);
        break;
      case 15:
        // Same number, same second as a call of ours, of a channel that is none of ours.
        put(`${day}/external-1001-${number}-${stamp(start)}-${second}.${70_000 + index}.wav`, 'stray', at);
        break;
      case 16:
        // Our snippet: talk, what was heard before, and the two sides, which are no talks of their own.
        trails[trails.length - 1] = { ...call, mode: 'snippet' };
        put(`dutyline/${uniqueid}.wav`, own, at);
        put(`dutyline/${uniqueid}-before.wav`, own, at);
        put(`dutyline/${uniqueid}-caller.wav`, 'twin', at);
        put(`dutyline/${uniqueid}-desk.wav`, 'twin', at);
        break;
      default:
        put(`${day}/${name}`, own, at);
    }
  }
  return { fates, trails, growing, from: FIRST - A_DAY, to: Date.now() + A_DAY };
}

function stamp(at: number): string {
  const text = new Date(at + OFFSET).toISOString();
  return `${text.slice(0, 10).replaceAll('-', '')}-${text.slice(11, 19).replaceAll(':', '')}`;
}

function dayOf(at: number): string {
  return new Date(at + OFFSET).toISOString().slice(0, 10).replaceAll('-', '/');
}
