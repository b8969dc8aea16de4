/** A PBX as reconciling sees it, and the looks at its folder. */
import { PROBE_FOLDER } from '../asterisk/control/probe-session.ts';
import type { Config, HistoryConfig, PbxConfig } from '../config/config.ts';
import type { Office } from '../duty/office.ts';
import type { DutyLine } from '../lines/duty-line.ts';
import type { SoundName } from '../recordings/matching/file-name.ts';
import type { FoundFile } from '../recordings/matching/found-file.ts';
import type { CdrSound } from '../recordings/matching/match.ts';
import type { LookedAtFile } from '../recordings/matching/reconcile.ts';
import type { ScanCounts, ScanMemory } from '../recordings/matching/scan-memory.ts';
import { SETTLING, type SettlingRule, type SizeSample } from '../recordings/matching/settled.ts';
import type { RecordingPlace } from '../recordings/recording-place.ts';
import { openHistory } from './history.ts';

export interface ReconciledPbx {
  readonly id: string;
  readonly place: RecordingPlace;
  /** Zone of the PBX's clock (IANA): names of files carry its local time. */
  readonly timeZone: string;
  /** A stand-alone recorder's names (`pbxs[].recordings.pattern`); undefined: by the PBX's own names. */
  readonly readName?: (path: string) => SoundName | null;
  /** Numbers of its duty lines: DIDs, published numbers, extensions of their phones (`numbersOfLines`). */
  readonly ownNumbers?: readonly string[];
  /** Kept by the service from one look to the next, so that the second one is cheap. */
  readonly memory: ScanMemory;
  /**
   * Rows of the PBX's history from … to (ms UTC) that name a file; undefined where it keeps none. Never rejects: a history
   * that cannot be read now says nothing.
   */
  readonly cdr?: (from: number, to: number) => Promise<readonly CdrSound[]>;
  /** Absolute folders below the base that are not its recordings, such as our own library. */
  readonly exclude?: readonly string[];
}

/** A PBX of the configuration, if it has a `place` where its sound is; `memory` is kept from one look to the next. */
export function reconciledPbx(
  pbx: PbxConfig,
  config: Pick<Config, 'storage'>,
  office: Office,
  place: RecordingPlace | null,
  memory: ScanMemory,
): readonly ReconciledPbx[] {
  const { history } = pbx;
  if (place === null) return [];
  return [
    {
      id: pbx.id,
      place,
      timeZone: pbx.timeZone,
      ...(pbx.recordings?.pattern == null ? {} : { readName: pbx.recordings.pattern.read }),
      get ownNumbers() {
        return numbersOfLines(office.lines.filter((line) => line.pbx === pbx.id));
      },
      memory,
      cdr: (from, to) => cdrSounds(history, from, to),
      exclude: [config.storage.recordings, config.storage.state],
    },
  ];
}

/**
 * Files that rows of CDR from … to (ms UTC) name; none where there is no history, or it cannot be read now. cdr-csv has no
 * column for a file: it is not read for nothing.
 */
export async function cdrSounds(
  history: HistoryConfig | null,
  from: number,
  to: number,
): Promise<readonly CdrSound[]> {
  if (history === null || history.kind === 'csv') return [];
  const read = await openHistory(history).cdr(from, to);
  if (!read.ok) return [];
  return read.rows.map(({ linkedId, uniqueId, recordingFile }) => ({
    linkedid: linkedId,
    uniqueid: uniqueId,
    recordingfile: recordingFile,
  }));
}

/** Every number by which a file's name may mean one of these lines. */
export function numbersOfLines(
  lines: readonly Pick<DutyLine, 'number' | 'dids' | 'phones'>[],
): readonly string[] {
  return lines.flatMap(({ number, dids, phones }) => [
    number,
    ...dids,
    ...phones.map((phone) => phone.slice(phone.lastIndexOf('/') + 1)),
  ]);
}

export interface LookDeps {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Told now and then how many files were seen. */
  readonly tell?: (files: number) => void;
  readonly enter?: (folder: string) => boolean;
  readonly settling?: SettlingRule;
}

export interface Looked {
  readonly files: readonly LookedAtFile[];
  readonly counts: ScanCounts;
  /** Every folder was read to its end. */
  readonly complete: boolean;
  /** The system's code when the base could not be read at all. */
  readonly trouble: string | null;
}

/** Looks once, and once more after the quiet time where a file was written lately: only two looks tell that it stands still. */
export async function lookTwice(pbx: ReconciledPbx, deps: LookDeps): Promise<Looked> {
  const rule = deps.settling ?? SETTLING;
  const first = await lookOnce(pbx, deps);
  const isYoung = first.files.some(({ samples }) => {
    const last = samples.at(-1);
    return last !== undefined && last.at - last.mtimeMs < rule.longAgoMs;
  });
  if (!isYoung || first.trouble !== null) return first;
  await deps.wait(rule.quietMs);
  const before = new Map(first.files.map((file) => [file.path, file.samples]));
  const second = await lookOnce(pbx, deps);
  const files = second.files.map((file) => ({
    ...file,
    samples: [...(before.get(file.path) ?? []), ...file.samples],
  }));
  return { ...second, files };
}

async function lookOnce(pbx: ReconciledPbx, { now, tell, enter }: LookDeps): Promise<Looked> {
  const { place, memory, exclude = [] } = pbx;
  // What probes recorded is no call's sound.
  const isEntered = (folder: string) => folder !== PROBE_FOLDER && (enter?.(folder) ?? true);
  const scan = place.walk({ memory, now, exclude, enter: isEntered });
  const files: LookedAtFile[] = [];
  for await (const file of scan.files()) {
    files.push({ ...file, samples: [sampleOf(file, now())] });
    if (files.length % 1_000 === 0) tell?.(files.length);
  }
  const counts = scan.counts();
  const complete = !counts.truncated && counts.unreadable === 0 && counts.tooDeep === 0;
  return { files, counts, complete, trouble: scan.trouble() };
}

function sampleOf({ bytes, mtimeMs }: FoundFile, at: number): SizeSample {
  return { bytes, mtimeMs, at };
}
