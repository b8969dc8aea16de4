/** `dutyline history backfill`: calls that nobody saw live, read from what a PBX keeps, beside a running service or without it. */
import type { Config } from '../config/config.ts';
import { pbxSetups } from '../config/load-config.ts';
import { type BackfillResult, backfill } from '../history/backfill.ts';
import { readClock } from '../history/pbx-clock.ts';
import { gapReportWork, openHistory } from '../service/history.ts';
import { probesThatCameIn } from '../service/probe-history.ts';
import type { Store } from '../storage/store.ts';
import { createProgress } from './progress.ts';
import { CommandRefused, print, shown } from './terminal.ts';

export interface BackfillOptions {
  readonly pbx: string;
  /** `2026-11-23 08:00` in the zone of the office, or a day, which is its first moment. */
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

/** A call without an end may live, and no listener tells: only what was silent for so long is taken for dead. */
const QUIET_MS = 2 * 60 * 60_000;

/** Recovers what the store does not know; sound is attached by `recordings reconcile` or by the night. */
export async function backfillNow(store: Store, config: Config, options: BackfillOptions): Promise<void> {
  const { timeZone } = config.rules;
  const history = config.pbxs.find(({ id }) => id === options.pbx)?.history;
  if (history === undefined)
    throw new CommandRefused(`There is no PBX "${shown(options.pbx)}" in the configuration.`);
  if (history === null) {
    throw new CommandRefused(`The PBX ${options.pbx} has no history in dutyline.yaml (pbxs[].history).`);
  }
  const from = momentOf('--from', options.from, timeZone);
  const to = momentOf('--to', options.to, timeZone);
  if (to <= from) throw new CommandRefused('--to must be later than --from.');
  const office = await store.office();
  const setup = pbxSetups(config, office).find(({ pbx }) => pbx === options.pbx);
  if (setup === undefined) throw new CommandRefused(`No line belongs to the PBX ${options.pbx}.`);
  const progress = createProgress();
  const reader = openHistory(history);
  const now = Date.now();
  let found: BackfillResult;
  try {
    found = await backfill({
      store,
      async write(work) {
        const [result] = await store.write([work]);
        if (result === undefined) throw new Error('the store gave no answer');
        return result;
      },
      setup,
      reader,
      pbx: options.pbx,
      from,
      to,
      now,
      // No session measures it here: it was measured when the office last heard a call there.
      offsetMs: (await store.clockOffset(options.pbx, to)) ?? 0,
      quietMs: QUIET_MS,
      expected: await probesThatCameIn(store, config.probe, office, { pbx: options.pbx, from, to }),
      progress: (done, all) => progress.show(`${done}/${all} calls`),
    });
  } finally {
    progress.end();
    await reader.close();
  }
  if (!found.ok) throw new CommandRefused(`The history cannot be read: ${shown(found.reason)}.`);
  const { report } = found;
  await store.write([
    gapReportWork(`by-hand ${options.pbx} ${now}`, options.pbx, report, report.notRecoverable, now),
  ]);
  if (options.json === true) print(JSON.stringify(report));
  else say(report);
}

function say(report: Extract<BackfillResult, { readonly ok: true }>['report']): void {
  const { recovered, alreadyKnown, notOurs, notRecoverable, brokenRows } = report;
  print(`${recovered} calls were recovered, ${alreadyKnown} were known, ${notOurs} touch no duty line.`);
  for (const { why, linkedid } of notRecoverable) print(`  not recovered (${why}): ${shown(linkedid)}`);
  if (brokenRows > 0) print(`${brokenRows} rows of the history cannot be read.`);
  if (report.cut) print('There was more than one reading may hold: ask for a shorter time.');
}

function momentOf(option: string, text: string, timeZone: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text} 00:00` : text;
  const at = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d$/.test(time)
    ? readClock(`${time}:00`, timeZone)
    : null;
  if (at === null) throw new CommandRefused(`${option} takes a time such as "2026-11-23 08:00", or a day.`);
  return at;
}
