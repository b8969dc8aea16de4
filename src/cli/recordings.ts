/** `dutyline recordings reconcile|verify|restore|forecast`: the care of sound by hand, beside a running service. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { createScanMemory } from '../recordings/matching/scan-memory.ts';
import { sftpWords } from '../recordings/sftp-trouble.ts';
import { NEVER_USED } from '../recordings/vault/library-place.ts';
import { careForFiles, type FileCare } from '../service/file-care.ts';
import { type ReconcileReport, reconcile } from '../service/reconcile.ts';
import { reconciledPbx } from '../service/reconciled-pbx.ts';
import { createRecordingPlaces, fetchedFolder } from '../service/recording-places.ts';
import { type VerifyReport, verifySounds } from '../service/sound-care.ts';
import { openSoundStore } from '../service/sound-store.ts';
import { soundUse } from '../service/sound-use.ts';
import type { Store } from '../storage/store.ts';
import { writeAll } from './office-store.ts';
import { createProgress } from './progress.ts';
import { CommandRefused, print, remark, shown } from './terminal.ts';

const A_DAY = 86_400_000;

interface CareReport extends VerifyReport {
  /** 附件 lie beside the sound. */
  readonly attachments: FileCare;
  /** And what probes heard. */
  readonly probes: FileCare;
}

export interface CareOptions {
  readonly json: boolean;
}

/** Reads every recording again, and its second copy; exit code 1 unless each was read and is what was kept. */
export async function verify(store: Store, config: Config, options: CareOptions): Promise<void> {
  const found = await care(store, config, { restore: false, withCopy: true });
  if (options.json) print(JSON.stringify(found));
  else say(found);
  if (isAnythingWrong(found)) process.exitCode = 1;
}

/** Brings altered and lost files back from the second copy. */
export async function restore(store: Store, config: Config, options: CareOptions): Promise<void> {
  if (config.storage.secondCopy === null) {
    throw new CommandRefused(
      'No second copy is configured (storage.secondCopy), so there is nothing to restore from.',
    );
  }
  const found = await care(store, config, { restore: true, withCopy: false });
  if (options.json) print(JSON.stringify(found));
  else say(found);
  if (isAnythingWrong(found)) process.exitCode = 1;
}

/** What could not be read now was not proved to be what was kept. */
function isAnythingWrong({ altered, missing, unreadable, copy, ...files }: CareReport): boolean {
  const ofSound = altered.length + missing.length + unreadable.length + (copy?.bad.length ?? 0);
  const ofFiles = [files.attachments, files.probes].flatMap((of) => [
    ...[...of.altered, ...of.missing, ...of.unreadable],
    ...(copy === null ? [] : of.uncopied),
  ]);
  return ofSound + ofFiles.length > 0;
}

/** How much there is and how long the disk lasts. */
export async function forecast(store: Store, config: Config, options: CareOptions): Promise<void> {
  const { library } = openSoundStore(config.storage, Date.now, () => store.hasKeptSound());
  const use = await soundUse(library, Date.now(), config.storage.retention);
  if (options.json) print(JSON.stringify(use));
  else {
    print(use.forecast.sentenceZh);
    print(use.forecast.sentenceEn);
  }
}

/** Matches the PBXs' files with the calls of the last days, both ways. */
export async function reconcileNow(
  store: Store,
  config: Config,
  days: number,
  { json }: CareOptions,
): Promise<void> {
  const progress = createProgress();
  const now = Date.now;
  const { library } = openSoundStore(config.storage, now, () => store.hasKeptSound());
  const office = await store.office();
  const places = createRecordingPlaces(config.pbxs, fetchedFolder(config.storage));
  const pbxs = config.pbxs.flatMap((pbx) =>
    reconciledPbx(pbx, config, office, places.of(pbx.id), createScanMemory()),
  );
  if (pbxs.length === 0) throw new CommandRefused('No PBX with a recordings folder is configured.');
  const report = await reconcile({
    store,
    library,
    pbxs,
    areaCode: config.rules.areaCode,
    from: now() - days * A_DAY,
    to: now(),
    now,
    wait: (ms) => pause(ms),
    report: async (said) => {
      const [result] = await store.write([{ type: 'recording-report', report: said }]);
      return { ok: result?.ok === true };
    },
    onSecurity: ({ pbx, recording, refused }) =>
      remark(
        `${pbx}: a path ${refused ? 'outside the folder was refused' : 'climbed inside the folder'} (${recording})`,
      ),
    progress: ({ pbx, stage, done, total }) =>
      progress.show(`${pbx} ${stage} ${done}${total === null ? '' : `/${total}`}`),
  }).finally(() => places.close());
  progress.end();
  if (json) print(JSON.stringify(report));
  else sayReconciled(report);
  if (report.pbxs.some(({ state }) => state === 'cannot-look')) process.exitCode = 1;
}

async function care(
  store: Store,
  config: Config,
  what: { readonly restore: boolean; readonly withCopy: boolean },
): Promise<CareReport> {
  const progress = createProgress();
  // Whoever restores says that a folder without its marker is the new one.
  const wasUsed = what.restore ? NEVER_USED : () => store.hasKeptSound();
  const { library, copy } = openSoundStore(config.storage, Date.now, wasUsed);
  try {
    const sounds = await verifySounds(
      {
        store,
        library,
        copy,
        now: Date.now,
        report: async (report) => {
          await writeAll(store, [{ type: 'recording-report', report }]);
          return { ok: true };
        },
      },
      { ...what, withinDays: null, progress: ({ done, bad }) => progress.show(`${done} read, ${bad} bad`) },
    );
    const all = { due: () => true, restore: what.restore };
    const attachments = await careForFiles({ kept: store.keptAttachments, library, copy }, all);
    const probes = await careForFiles({ kept: store.keptProbeSounds, library, copy }, all);
    return { ...sounds, attachments, probes };
  } finally {
    progress.end();
  }
}

function say({
  checked,
  altered,
  missing,
  restored,
  unreadable,
  copy,
  attachments,
  probes,
}: CareReport): void {
  print(`${checked} recordings were read again.`);
  const lists = [
    ['altered since they were kept', altered],
    ['not there', missing],
    ['restored from the second copy', restored],
    ['not readable now', unreadable],
    ['without a good second copy', copy?.bad ?? []],
  ] as const;
  for (const [what, ids] of lists) {
    if (ids.length > 0) print(`${ids.length} ${what}: ${ids.join(' ')}`);
  }
  if (altered.length + missing.length + unreadable.length === 0) print('All of them are what was kept.');
  sayFiles('attachments', attachments);
  sayFiles('probe sounds', probes);
}

function sayFiles(name: string, { checked, ...found }: FileCare): void {
  if (checked === 0) return;
  print(`${checked} ${name} were read again.`);
  for (const [what, ids] of Object.entries(found)) {
    if (ids.length > 0) print(`${ids.length} ${name} ${what}: ${ids.join(' ')}`);
  }
}

function sayReconciled({ pbxs }: ReconcileReport): void {
  for (const pbx of pbxs) {
    if (pbx.state === 'cannot-look') {
      print(`${pbx.pbx}: its folder cannot be looked into (${sftpWords(pbx.trouble)?.en ?? pbx.trouble}).`);
      continue;
    }
    print(
      `${pbx.pbx}: ${pbx.looked.files} files seen, ${pbx.taken.length} attached, ${pbx.missing.length} calls without sound, ${pbx.strays} files of no call.`,
    );
    for (const { rule, path } of pbx.taken) print(`  ${rule}  ${shown(path)}`);
  }
}
