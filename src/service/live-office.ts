/** The office as it stands now. Lines, rooms and units are changed on the page while the service runs, and calls must be theirs at once. */
import type { Config } from '../config/config.ts';
import { pbxSetups } from '../config/load-config.ts';
import type { Office } from '../duty/office.ts';
import type { Intake } from '../intake.ts';
import type { PbxSetup } from '../lines/duty-line.ts';
import type { Store } from '../storage/store.ts';
import type { Log } from '../web/log.ts';

export interface LiveOffice {
  /** As of the latest change of a line, room or unit: whoever keeps it reads it anew each time. */
  readonly office: Office;
  /** Of each PBX; their lines are always the newest. */
  readonly setups: readonly PbxSetup[];
  take(office: Office): void;
}

export function createLiveOffice(config: Config, first: Office): LiveOffice {
  let now = first;
  const linesOf = (pbx: string) => now.lines.filter((line) => line.pbx === pbx);
  const office: Office = {
    get units() {
      return now.units;
    },
    get rooms() {
      return now.rooms;
    },
    get lines() {
      return now.lines;
    },
    get seats() {
      return now.seats;
    },
    get people() {
      return now.people;
    },
    get directory() {
      return now.directory;
    },
    get shifts() {
      return now.shifts;
    },
  };
  return {
    office,
    setups: pbxSetups(config, first).map((setup) => ({
      ...setup,
      get lines() {
        return linesOf(setup.pbx);
      },
    })),
    take(next) {
      now = next;
    },
  };
}

/** Takes the office anew whenever a room is told to be another, as by a roster that was published. Gives the end of it. */
export function followOffice(
  live: Pick<LiveOffice, 'take'>,
  deps: {
    readonly store: Pick<Store, 'office'>;
    readonly intake: Pick<Intake, 'subscribe'>;
    readonly log: Log;
  },
): () => Promise<void> {
  // One after the other: an older office must not be taken after a newer one.
  let reading = Promise.resolve();
  const stop = deps.intake.subscribe((changes) => {
    if (!changes.some(({ entity }) => entity === 'room')) return;
    reading = reading
      .then(async () => live.take(await deps.store.office()))
      .catch((error: unknown) => deps.log('warn', 'office-not-read', { error: String(error) }));
  });
  return async () => {
    stop();
    await reading;
  };
}
