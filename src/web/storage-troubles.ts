/** What is wrong, or will be, with the place of the sound (pure): said by health, and told outward before it is too late. */
import type { StorageView } from './protocol/recording-desk-view.ts';

export interface StorageTrouble {
  readonly kind: 'sound-disk-filling' | 'second-copy-failing';
  /** `alarm`: sound will soon be lost, or is kept once only. */
  readonly level: 'warn' | 'alarm';
  readonly zh: string;
  readonly en: string;
}

/** Nothing: all is well. At most one of a kind. */
export function storageTroubles({ forecast, copy }: StorageView): readonly StorageTrouble[] {
  const { level, zh, en } = forecast;
  return [
    ...(level === 'ok' ? [] : [{ kind: 'sound-disk-filling', level, zh, en } as const]),
    ...(copy === null ? [] : troublesOfCopy(copy)),
  ];
}

function troublesOfCopy(copy: NonNullable<StorageView['copy']>): readonly StorageTrouble[] {
  const kind = 'second-copy-failing';
  if (copy.reason !== null) {
    return [
      {
        kind,
        level: 'alarm',
        zh: `录音备份中断：${copy.reason.zh}`,
        en: `No second copy is written: ${copy.reason.en}`,
      },
    ];
  }
  if (copy.bad > 0) {
    return [
      {
        kind,
        level: 'alarm',
        zh: `录音备份中有 ${copy.bad} 段与原件不一致或缺失`,
        en: `${copy.bad} recordings of the second copy are altered or missing`,
      },
    ];
  }
  if (!copy.sameDisk) return [];
  return [
    {
      kind,
      level: 'warn',
      zh: '录音备份与录音在同一块磁盘上，磁盘损坏时两份都会丢失',
      en: 'The second copy lies on the same disk as the recordings: it does not survive the disk',
    },
  ];
}
