/** Where the sound of each PBX is, by the configuration, and what is wrong with those places that are far away. */
import { join } from 'node:path';
import type { Config, PbxConfig } from '../config/config.ts';
import { localPlace, type RecordingPlace } from '../recordings/recording-place.ts';
import { createSftpPlace, type SftpPlace } from '../recordings/sftp-place.ts';
import type { Log } from '../web/log.ts';
import type { PbxAwayView } from '../web/protocol/recording-desk-view.ts';

export interface RecordingPlaces {
  /** Null: this PBX records nothing that we take. */
  of(pbx: string): RecordingPlace | null;
  /** One for each PBX whose sound cannot be fetched now. */
  troubles(): readonly PbxAwayView[];
  /** A person asks: what was held back is asked again at once. */
  askAgain(): void;
  /** Looks at every distant place now and then, so that its trouble is known before the next call. */
  watch(log: Log): void;
  close(): void;
}

const LOOK_EVERY_MS = 5 * 60_000;

/** Nothing is connected yet. `fetched` is the folder for parts of what is being fetched. */
export function createRecordingPlaces(pbxs: readonly PbxConfig[], fetched: string): RecordingPlaces {
  const local = new Map<string, RecordingPlace>();
  const distant = new Map<string, { readonly name: string; readonly place: SftpPlace }>();
  for (const { id, name, recordings } of pbxs) {
    if (recordings === null) continue;
    if (recordings.kind === 'sftp') {
      distant.set(id, { name, place: sftpPlaceOf(recordings, join(fetched, id)) });
    } else {
      local.set(id, localPlace({ onPbx: recordings.base, here: recordings.folder }));
    }
  }
  let timer: NodeJS.Timeout | undefined;

  async function look(log: Log): Promise<void> {
    for (const [pbx, { place }] of distant) {
      const trouble = await place.check();
      if (trouble !== null) log('warn', 'recordings-away', { pbx, code: trouble.code, trouble: trouble.en });
    }
  }

  return {
    of: (pbx) => local.get(pbx) ?? distant.get(pbx)?.place ?? null,
    troubles: () =>
      [...distant].flatMap(([pbx, { name, place }]) => {
        const reason = place.trouble();
        return reason === null ? [] : [{ pbx, name, reason }];
      }),
    askAgain() {
      for (const { place } of distant.values()) place.askAgain();
    },
    watch(log) {
      if (distant.size === 0) return;
      const again = () =>
        void look(log).finally(() => {
          timer?.refresh();
        });
      timer = setTimeout(again, LOOK_EVERY_MS);
      again();
    },
    close() {
      clearTimeout(timer);
      timer = undefined;
      for (const { place } of distant.values()) place.close();
    },
  };
}

/** Where parts of fetched files lie. */
export function fetchedFolder(storage: Pick<Config['storage'], 'state'>): string {
  return join(storage.state, 'fetched');
}

/** The place of a PBX whose files are fetched. */
export function sftpPlaceOf(
  { base, sftp }: Extract<NonNullable<PbxConfig['recordings']>, { kind: 'sftp' }>,
  fetched: string,
): SftpPlace {
  const { host, port, user, key, hostKey, folder } = sftp;
  const access = { host, port, user, key: key.reveal(), hostKey };
  return createSftpPlace({ access, base: { onPbx: base, here: folder }, fetched });
}
