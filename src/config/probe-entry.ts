/** `watch.probe` of `dutyline.yaml`: by which trunks the lines are called from outside, and when. */
import type { TimeOfDaySpan } from '../diagnosis/probe-plan.ts';
import type { ProbeConfig, ProbeTrunk } from './config.ts';
import type { PbxEntry } from './pbx-schema.ts';
import type { Reader } from './reader.ts';
import type { ProbeEntry } from './watch-schema.ts';

const PATH = ['watch', 'probe'] as const;

/** A telephone rings for each of them: once before each 交班 and once off-peak is what an office bears. */
const USUAL = {
  ringSeconds: 14,
  noAnswerSeconds: 40,
  mostADay: 8,
  quiet: ['22:30-06:30'],
  beforeShiftMinutes: 30,
  offPeak: ['19:00-22:00'],
} as const;

/** Null where nothing is said of it: nobody is ever called. */
export function resolveProbe(
  given: ProbeEntry | undefined,
  pbxs: readonly PbxEntry[],
  timeZone: string,
  reader: Pick<Reader, 'refuse'>,
): ProbeConfig | null {
  if (given === undefined) return null;
  const quiet = given.quiet === 'none' ? [] : (given.quiet ?? USUAL.quiet);
  const before = given.beforeShift ?? USUAL.beforeShiftMinutes;
  return {
    plan: {
      timeZone,
      mostADay: given.mostADay ?? USUAL.mostADay,
      quiet: quiet.map(spanOf),
      beforeShiftMs: before === 'never' ? null : before * 60_000,
      offPeak: (given.offPeak ?? USUAL.offPeak).map(spanOf),
    },
    trunks: given.trunks.flatMap((trunk, i) => trunkOf(trunk, [...PATH, 'trunks', i], pbxs, reader)),
    ringMs: (given.ring ?? USUAL.ringSeconds) * 1_000,
    noAnswerMs: (given.noAnswer ?? USUAL.noAnswerSeconds) * 1_000,
    notice: given.notice ?? null,
    ...(given.atHandOver === true ? { atHandOver: true } : {}),
  };
}

function trunkOf(
  given: ProbeEntry['trunks'][number],
  path: readonly PropertyKey[],
  pbxs: readonly PbxEntry[],
  { refuse }: Pick<Reader, 'refuse'>,
): readonly ProbeTrunk[] {
  const [only] = pbxs;
  const id = given.pbx ?? (pbxs.length === 1 ? only?.id : undefined);
  const pbx = pbxs.find((one) => one.id === id);
  if (pbx === undefined) {
    refuse([...path, 'pbx'], 'write the id of the PBX that has this trunk, as in pbxs');
    return [];
  }
  if (pbx.probe === undefined)
    refuse(
      [...path, 'pbx'],
      `pbxs: ${pbx.id} needs an account "probe" to place calls (docs/guides/asterisk.md)`,
    );
  const { trunk, shows, prefix = '' } = given;
  return [{ pbx: pbx.id, trunk, shows, prefix }];
}

function spanOf(text: string): TimeOfDaySpan {
  const [from = 0, to = 0] = text.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return hours * 60 + minutes;
  });
  return { from, to };
}
