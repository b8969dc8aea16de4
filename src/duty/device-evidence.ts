/**
 * 设备检查 by evidence: whether the telephone and the recording have shown in this shift that they work. No green without
 * something that came or was heard; nothing known is said as that. Pure; times are integer ms UTC.
 */

/** What is known of one duty line since the shift began. */
export interface LineEvidence {
  readonly line: string;
  readonly number: string;
  /** Its PBX is listened to. */
  readonly inSight: boolean;
  /** The last call that came in on it. */
  readonly lastCallAt: number | null;
  /** The last 拨测 of it; `arrived` null: it runs still, or nobody can say. */
  readonly probe: {
    readonly id: string;
    readonly at: number;
    readonly running: boolean;
    readonly arrived: boolean | null;
  } | null;
}

export interface DeviceEvidence {
  readonly lines: readonly LineEvidence[];
  /** Calls of the shift that should have sound: those that have it, and those that have none. */
  readonly recorded: number;
  readonly silent: number;
}

/** Null: nothing has shown it either way, and a person has to look. */
export function telephoneWorks({ lines }: DeviceEvidence): boolean | null {
  const shown = lines.map(lineWorks);
  if (shown.includes(false)) return false;
  return shown.length > 0 && shown.every((works) => works === true) ? true : null;
}

function lineWorks({ inSight, lastCallAt, probe }: LineEvidence): boolean | null {
  if (!inSight) return false;
  // What came last counts: a call that arrived after a probe that did not shows that the line is mended.
  if (probe?.arrived === false && (lastCallAt ?? 0) <= probe.at) return false;
  return lastCallAt !== null || probe?.arrived === true ? true : null;
}

/** Null: no call was talked in this shift. */
export function recordingWorks({ recorded, silent }: DeviceEvidence): boolean | null {
  if (silent > 0) return false;
  return recorded > 0 ? true : null;
}
