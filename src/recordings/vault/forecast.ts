/** PURE. When the disk of the sound will be full, at the pace of the last 30 days. */
export interface DiskUse {
  /** Bytes that came in on each of the last days, oldest first; fewer than 30 when the service is younger. */
  readonly dailyBytes: readonly number[];
  /** What a program may still write there; null: the disk does not say. */
  readonly freeBytes: number | null;
  /** What must stay free: as good as full. */
  readonly reserveBytes: number;
  /** Warned so many days before it is full. */
  readonly warnDays: number;
}

export interface Forecast {
  /** Whole days until only the reserve is left; null: nobody can say. */
  readonly days: number | null;
  readonly level: 'ok' | 'warn' | 'alarm';
  readonly sentenceZh: string;
  readonly sentenceEn: string;
}

/** Alarmed so many days before it is full, unless the office wants to be warned later still. */
const ALARM_DAYS = 14;
const LONGEST_LOOK_BACK = 30;
const TEN_YEARS = 3_650;

/** Says it in one sentence per language. Days that were deleted from may count less than nothing: what is left counts. */
export function forecastDisk({ dailyBytes, freeBytes, reserveBytes, warnDays }: DiskUse): Forecast {
  if (freeBytes === null) {
    return {
      days: null,
      level: 'warn',
      sentenceZh: '录音存储的剩余空间无法得知，不能预计何时写满，请检查磁盘和挂载',
      sentenceEn: 'The disk of the recordings does not say what is free on it: check disk and mount',
    };
  }
  const left = freeBytes - reserveBytes;
  if (left <= 0) {
    return {
      days: 0,
      level: 'alarm',
      sentenceZh: '录音存储已写满，只剩保留空间，请立即清理或扩容',
      sentenceEn: 'The disk of the recordings is full, only the reserve is left: make room now',
    };
  }
  const last = dailyBytes.slice(-LONGEST_LOOK_BACK);
  const perDay = last.reduce((sum, bytes) => sum + bytes, 0) / Math.max(1, last.length);
  if (perDay <= 0) {
    return {
      days: null,
      level: 'ok',
      sentenceZh:
        last.length === 0 ? '还没有录音，无法预计写满时间' : `近 ${last.length} 天没有用量，无法预计写满时间`,
      sentenceEn:
        last.length === 0
          ? 'There is no recording yet: nobody can say when the disk will be full'
          : `Nothing was added in the last ${last.length} days: nobody can say when the disk will be full`,
    };
  }
  const days = Math.floor(left / perDay);
  const [zh, en] = [`按近 ${last.length} 天用量，录音存储`, `at the pace of the last ${last.length} days`];
  if (days > TEN_YEARS) {
    return {
      days,
      level: 'ok',
      sentenceZh: `${zh}十年内不会写满`,
      sentenceEn: `The disk of the recordings will not be full within ten years, ${en}`,
    };
  }
  return {
    days,
    level: levelOf(days, warnDays),
    sentenceZh: days === 0 ? `${zh}今天就会写满` : `${zh}约 ${days} 天后写满`,
    sentenceEn: `The disk of the recordings will be full in about ${days} days, ${en}`,
  };
}

function levelOf(days: number, warnDays: number): Forecast['level'] {
  if (days <= Math.min(ALARM_DAYS, warnDays)) return 'alarm';
  return days <= warnDays ? 'warn' : 'ok';
}
