/** Files the PBX records into by itself, from their names: which of them are kept, and under which of two names. */
import type { CallFact } from '../calls/fact.ts';
import type { RecordedPart, RecordedPbx } from './followed-recording.ts';
import type { Following } from './following.ts';
import { expectSound } from './growth.ts';
import { type NamedFile, namedFiles } from './named-file.ts';
import { recordingIdOf } from './recording-id.ts';
import { brokenOff } from './reporting.ts';

type KeptMode = 'pbx' | 'snippet';

/** A name in the dialplan for which a full path may still come. */
interface PlainName {
  readonly pbx: RecordedPbx;
  readonly file: NamedFile;
  readonly mode: KeptMode;
}

export interface NamingDeps {
  /** The store's: finished or not. */
  readonly isKnown: (recording: string) => Promise<boolean>;
  /** How long the plain name in the dialplan waits for the full path in a variable, which is better. */
  readonly variableWithinMs: number;
}

export interface Naming {
  /** At start: which of the files these facts name the store has already. */
  recall(pbx: RecordedPbx, facts: readonly CallFact[]): Promise<void>;
  /** The call came in on this line; the line says whether its files are kept. */
  arrived(pbx: RecordedPbx, linkedid: string, line: string | null): void;
  named(pbx: RecordedPbx, file: NamedFile): void;
  /** The call is another's now. */
  joined(pbx: RecordedPbx, linkedid: string): void;
  ended(pbx: RecordedPbx, linkedid: string): void;
}

export function createNaming({ isKnown, variableWithinMs }: NamingDeps, following: Following): Naming {
  const lineOf = new Map<string, string | null>();
  /** Recordings the store had at the start: facts that are read again name them again. */
  const toldBefore = new Set<string>();
  const plainNames = new Set<PlainName>();

  function modeOf(pbx: RecordedPbx, linkedid: string): KeptMode | 'none' {
    const line = lineOf.get(keyOf(pbx, linkedid));
    const mode = line == null ? 'pbx' : pbx.modes.get(line);
    // What a line's dialplan records beside us is kept too.
    return mode === 'none' || mode === 'snippet' ? mode : 'pbx';
  }

  async function knowUnlessBetter(plain: PlainName): Promise<void> {
    plainNames.add(plain);
    if (await brokenOff(following.pause(variableWithinMs))) return;
    if (plainNames.delete(plain)) know(plain);
  }

  /** Nothing more comes under this Linkedid. A file that is made known after its call would wait for its end for ever. */
  function leave(pbx: RecordedPbx, linkedid: string): void {
    for (const plain of plainNames) {
      if (plain.pbx !== pbx || plain.file.linkedid !== linkedid) continue;
      plainNames.delete(plain);
      know(plain);
    }
    lineOf.delete(keyOf(pbx, linkedid));
  }

  function know({ pbx, file, mode }: PlainName): void {
    const { linkedid, uniqueid, path, at } = file;
    const id = idOf(pbx, file);
    if (following.follows(id) || toldBefore.has(id)) return;
    const known = {
      id,
      pbx: pbx.pbx,
      linkedid,
      uniqueid,
      part: (mode === 'snippet' ? snippetPart(file) : null) ?? 'talk',
      mode,
      pbxPath: path,
      knownAt: at,
    };
    const recording = following.follow(known, pbx, at);
    if (file.bridged) recording.watch = expectSound(recording.watch, at);
    following.sayKnown(recording);
    if (file.over) following.finish(recording);
  }

  return {
    async recall(pbx, facts) {
      for (const file of namedFiles(facts)) {
        const id = idOf(pbx, file);
        if (await isKnown(id)) toldBefore.add(id);
      }
    },
    arrived(pbx, linkedid, line) {
      lineOf.set(keyOf(pbx, linkedid), line);
    },
    named(pbx, file) {
      const ofLine = modeOf(pbx, file.linkedid);
      if (ofLine === 'none') return;
      const mode = ofLine === 'snippet' && snippetPart(file) !== null ? 'snippet' : 'pbx';
      if (following.those((each) => each.pbx === pbx && each.pbxPath === file.path).length > 0) return;
      // The snippet's name is whole already, and its call may be answered before a better one could come.
      if (file.source === 'dialplan' && mode === 'pbx') {
        following.background(knowUnlessBetter({ pbx, file, mode }));
        return;
      }
      for (const plain of plainNames) {
        const { path } = plain.file;
        if (plain.pbx === pbx && (file.path === path || file.path.endsWith(`/${path}`)))
          plainNames.delete(plain);
      }
      know({ pbx, file, mode });
    },
    joined: leave,
    ended: leave,
  };
}

/** Which part a file of `config/asterisk/extensions-dutyline.conf` holds, by the name given there; null: none of its. */
function snippetPart({ path, uniqueid }: NamedFile): RecordedPart | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === `${uniqueid}.wav`) return 'talk';
  return name === `${uniqueid}-before.wav` ? 'before-answer' : null;
}

function idOf(pbx: RecordedPbx, file: NamedFile): string {
  return recordingIdOf(pbx.pbx, file.path, file.linkedid, file.at);
}

function keyOf(pbx: RecordedPbx, linkedid: string): string {
  return `${pbx.pbx}\n${linkedid}`;
}
