/** How much sound there is, how much comes in each day, and how long its disk lasts. */
import type { RetentionConfig } from '../config/config.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import { roomOn } from '../recordings/vault/disk.ts';
import { type Forecast, forecastDisk } from '../recordings/vault/forecast.ts';
import { troubleOf } from '../recordings/vault/sound-trouble.ts';

export interface SoundUse {
  /** Null: the folder cannot be looked into. */
  readonly usedBytes: number | null;
  /** Null: the disk does not say. */
  readonly freeBytes: number | null;
  readonly forecast: Forecast;
}

const A_DAY = 86_400_000;
const LOOK_BACK_DAYS = 30;

/** Walks the whole folder. Never rejects for disk or mount. */
export async function soundUse(
  library: Pick<RecordingLibrary, 'root' | 'list'>,
  now: number,
  { reserveBytes, warnDays }: Pick<RetentionConfig, 'reserveBytes' | 'warnDays'>,
): Promise<SoundUse> {
  const kept = await keptBytes(library, Math.floor(now / A_DAY));
  const room = kept === null ? null : await roomOn(library.root);
  const freeBytes = room?.state === 'known' ? room.freeBytes : null;
  const dailyBytes = kept?.dailyBytes ?? [];
  const forecast = forecastDisk({ dailyBytes, freeBytes, reserveBytes, warnDays });
  return { usedBytes: kept?.usedBytes ?? null, freeBytes, forecast };
}

/** All of it, and what came in on each of the last days; null when the folder cannot be looked into. */
async function keptBytes(
  library: Pick<RecordingLibrary, 'list'>,
  today: number,
): Promise<{ readonly usedBytes: number; readonly dailyBytes: readonly number[] } | null> {
  const daily = new Map<number, number>();
  let usedBytes = 0;
  let oldest = today;
  try {
    for await (const { file, storedBytes: bytes } of library.list()) {
      usedBytes += bytes;
      const day = Math.floor(Date.parse(file.slice(0, 10).replaceAll('/', '-')) / A_DAY);
      if (Number.isNaN(day)) continue;
      oldest = Math.min(oldest, day);
      daily.set(day, (daily.get(day) ?? 0) + bytes);
    }
  } catch (failure) {
    troubleOf(failure);
    return null;
  }
  const first = Math.max(oldest, today - LOOK_BACK_DAYS);
  // Today is not over: its use would make the pace look slower than it is.
  const days = Array.from({ length: Math.max(0, today - first) }, (_, n) => daily.get(first + n) ?? 0);
  return { usedBytes, dailyBytes: days.length > 0 ? days : usedBytes > 0 ? [usedBytes] : [] };
}
