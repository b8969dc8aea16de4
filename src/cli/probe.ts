/** `dutyline probe NUMBER --via TRUNK`: calls a number once and says what a caller hears there. */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { ProbeFact } from '../diagnosis/probe.ts';
import { stepsOf } from '../diagnosis/probe-steps.ts';
import { lineOfNumber } from '../duty/line-of-number.ts';
import type { OfficeLine } from '../duty/office.ts';
import { createRecordingLibrary } from '../recordings/library.ts';
import { soundFileOf } from '../recordings/vault/sound-name.ts';
import { probeAlone } from '../service/lone-probe.ts';
import { createRecordingPlaces } from '../service/recording-places.ts';
import { CommandRefused, print, remark } from './terminal.ts';

export interface ProbeOptions {
  readonly via: string;
  /** Where to put the sound. */
  readonly keep?: string;
}

const SAID: Readonly<Partial<Record<ProbeFact['kind'], string>>> = {
  'probe-dialled': 'dialled',
  'probe-rang': 'rings (180)',
  'probe-sounded': 'sounds (183)',
  'probe-answered': 'answered',
};

/**
 * One JSON object on standard output; the steps, as they come, beside it. Throws `CommandRefused` when nothing can be placed.
 *
 * @param lines of the office: the running service knows nothing of this call, and would take it for a real one
 */
export async function probeNumber(
  config: Config,
  lines: readonly OfficeLine[],
  number: string,
  options: ProbeOptions,
): Promise<void> {
  const rules = config.probe;
  if (rules === null)
    throw new CommandRefused(
      'dutyline.yaml names no trunk to probe by: see watch.probe in config/README.md.',
    );
  if (!/^\+?[0-9*#][0-9*# ()-]{1,31}$/.test(number))
    throw new CommandRefused(`"${number}" is no number to call.`);
  const own = lineOfNumber(lines, number, config.rules.areaCode);
  if (own !== undefined)
    throw new CommandRefused(
      `${number} is the office's own line "${own.id}": its call would be kept as a real one. Probe it with 自查 on the page 检测.`,
    );
  // Before a telephone rings for it.
  if (options.keep !== undefined && existsSync(options.keep))
    throw new CommandRefused(`${options.keep} is there already; --keep writes a new file.`);
  const trunk = rules.trunks.find(
    (one) => one.trunk === options.via || one.trunk.endsWith(`/${options.via}`),
  );
  const pbx = config.pbxs.find((one) => one.id === trunk?.pbx);
  if (trunk === undefined || pbx?.probe == null) {
    const known = rules.trunks.map((one) => one.trunk).join(', ') || 'none';
    throw new CommandRefused(`There is no trunk "${options.via}" in watch.probe; trunks: ${known}.`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'dutyline-probe-'));
  const places = createRecordingPlaces([pbx], join(folder, 'fetched'));
  try {
    const made = await probeAlone(number, {
      ...{ pbx: { ...pbx, probe: pbx.probe }, rules, trunk },
      place: places.of(pbx.id),
      library: createRecordingLibrary(join(folder, 'sound')),
      tell(fact) {
        const said = SAID[fact.kind];
        if (said !== undefined) remark(said);
      },
      log: (_level, code, about) => remark(`${code}: ${JSON.stringify(about)}`),
    });
    if (!made.ok) throw new CommandRefused(made.trouble.en);
    const { order, end, conclusion, hearing, soundSeconds } = made.probe;
    if (options.keep !== undefined && soundSeconds !== null)
      await cp(join(folder, 'sound', soundFileOf(order.id, 'wav')), options.keep, {
        errorOnExist: true,
        force: false,
      });
    print(
      JSON.stringify({
        ...{ number: order.number, via: trunk.trunk, ending: end?.ending ?? null },
        ...{ cause: end?.cause ?? null, sip: end?.sip ?? null },
        steps: stepsOf(made.probe).filter(({ step }) => step !== 'arrival'),
        ...{
          ringback: conclusion?.ringback ?? 'unknown',
          why: conclusion?.why ?? null,
          hearing: hearing ?? null,
        },
        soundSeconds,
      }),
    );
  } finally {
    places.close();
    await rm(folder, { recursive: true, force: true });
  }
}
