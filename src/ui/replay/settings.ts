/** Speed and volume of the replay stay on this machine. Pure but for reading and keeping them. */
export interface ReplaySettings {
  readonly speed: number;
  /** 0 to 1; the alarms have a volume of their own. */
  readonly volume: number;
}

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

const KEY = 'dutyline.replay';
const FIRST: ReplaySettings = { speed: 1, volume: 1 };

/** The next slower or faster speed, the last one again at the end. */
export function stepSpeed(speed: number, by: -1 | 1): number {
  const at = SPEEDS.findIndex((known) => known >= speed);
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))] ?? 1;
}

/** What was kept, as far as it is meant by us. */
export function readSettings(text: string | null): ReplaySettings {
  try {
    const { speed, volume } = JSON.parse(text ?? '{}') as Partial<Record<keyof ReplaySettings, unknown>>;
    return {
      speed: SPEEDS.find((known) => known === speed) ?? FIRST.speed,
      volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : FIRST.volume,
    };
  } catch {
    return FIRST;
  }
}

export function keptSettings(): ReplaySettings {
  try {
    return readSettings(localStorage.getItem(KEY));
  } catch {
    return FIRST;
  }
}

export function keepSettings(settings: ReplaySettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Storage shut off: they hold until the page is closed.
  }
}
