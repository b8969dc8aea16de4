/**
 * The two sides of a talk, each in a file of its own, as MixMonitor's `r()` and `t()` leave them beside the mixed one. On a
 * trunk channel `r` is the party outside and `t` what the trunk is sent, our room (16.28 and 22.10, proved by tones).
 */
interface SideFile {
  /** Beside the talk's file, as the PBX names it: hostile. */
  readonly pbxPath: string;
  /** In our library: the recording's id, and this. */
  readonly ending: 'caller.wav' | 'room.wav';
}

/** A PBX that records in its own way mixes both sides into one file; what is heard before an answer has but one. */
export function hasSides(of: {
  readonly part: 'talk' | 'before-answer';
  readonly mode: 'pbx' | 'ami' | 'snippet';
}): boolean {
  return of.part === 'talk' && of.mode !== 'pbx';
}

/** Names of both sides of a talk recorded by order or by our snippet; none when the talk is no `.wav`. */
export function sideFilesOf(pbxPath: string): readonly SideFile[] {
  if (!pbxPath.endsWith('.wav')) return [];
  const stem = pbxPath.slice(0, -'.wav'.length);
  return [
    { pbxPath: `${stem}-caller.wav`, ending: 'caller.wav' },
    { pbxPath: `${stem}-desk.wav`, ending: 'room.wav' },
  ];
}
