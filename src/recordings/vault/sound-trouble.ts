/**
 * Why a file of ours cannot be read or written: a stable code and one sentence per language which says what happened and
 * what a person can do about it.
 */
import { codeOf } from '../inside-base.ts';

export interface SoundTrouble {
  readonly code: SoundTroubleCode;
  readonly zh: string;
  readonly en: string;
}

export type SoundTroubleCode =
  | 'sound-key-unknown'
  | 'sound-altered'
  | 'sound-cut-short'
  | 'sound-newer-form'
  | 'sound-write-untrue'
  | 'sound-disk-full'
  | 'sound-read-only'
  | 'sound-unreachable'
  | 'library-missing-marker'
  | 'copy-missing-marker'
  | 'copy-other-disk'
  | 'copy-not-empty'
  | 'copy-same-folder';

const SENTENCES: Record<SoundTroubleCode, { readonly zh: string; readonly en: string }> = {
  'sound-key-unknown': {
    zh: '录音已加密，配置中没有打开它的密钥，请把旧密钥加回 storage.encryption',
    en: 'The sound is encrypted under a key that is not configured: put that key back into storage.encryption',
  },
  'sound-altered': {
    zh: '录音文件与保存时不一致，已被改动或损坏，请用第二份恢复',
    en: 'The file is not as it was kept, it was altered or damaged: restore it from the second copy',
  },
  'sound-cut-short': {
    zh: '加密的录音文件被截短，请用第二份恢复',
    en: 'The encrypted file was cut short: restore it from the second copy',
  },
  'sound-newer-form': {
    zh: '录音文件由更新的版本加密，请升级本程序',
    en: 'The file was encrypted by a newer version of this program: update it',
  },
  'sound-write-untrue': {
    zh: '写入磁盘后读出的内容不一致，请检查磁盘',
    en: 'The disk gives back other bytes than were written: check the disk',
  },
  'sound-disk-full': {
    zh: '磁盘已满，录音没有保存，请清理空间',
    en: 'The disk is full, the sound was not kept: make room',
  },
  'sound-read-only': {
    zh: '没有写入该目录的权限或磁盘为只读，请检查权限和挂载',
    en: 'The folder may not be written, or its disk is read-only: check rights and mount',
  },
  'sound-unreachable': {
    zh: '存放录音的目录读不到，请检查磁盘和挂载',
    en: 'The folder of the sound cannot be reached: check disk and mount',
  },
  'library-missing-marker': {
    zh: '录音目录中没有标记文件 dutyline-recordings.id，磁盘可能没有挂载，没有写入也没有销毁任何内容；确已换盘的，请用第二份恢复，或新建该文件',
    en: 'The recordings folder lacks its marker dutyline-recordings.id, its disk is probably not mounted: nothing was written or destroyed; if the disk was really changed, restore from the second copy, or make that file',
  },
  'copy-missing-marker': {
    zh: '第二份目录中没有标记文件 dutyline-copy.id，磁盘可能没有挂载，没有写入任何内容',
    en: 'The folder of the second copy lacks its marker dutyline-copy.id, its disk is probably not mounted: nothing was written',
  },
  'copy-other-disk': {
    zh: '第二份目录的标记与记下的不同，可能挂载了另一块磁盘，没有写入任何内容',
    en: 'The marker of the second copy is not the one remembered, another disk may be mounted: nothing was written',
  },
  'copy-not-empty': {
    zh: '第二份目录不是空的，也没有标记文件，请换一个空目录',
    en: 'The folder for the second copy holds other files and no marker: choose an empty folder',
  },
  'copy-same-folder': {
    zh: '第二份目录与录音目录相同或互相包含，请放到另一块磁盘',
    en: 'The folder of the second copy is the recordings folder or inside it (or around it): choose another disk',
  },
};

/** Makes a trouble; `detail` (a path below our own folder, a system code) is stripped of control characters and cut at 200. */
export function soundTrouble(code: SoundTroubleCode, detail = ''): SoundTrouble {
  const { zh, en } = SENTENCES[code];
  const said = detail
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
  return said === '' ? { code, zh, en } : { code, zh: `${zh}（${said}）`, en: `${en} (${said})` };
}

/** A trouble on its way up through streams, which carry nothing but errors. `code` is where the system puts its own. */
export class SoundFailure extends Error {
  readonly code: SoundTroubleCode;
  readonly trouble: SoundTrouble;

  constructor(code: SoundTroubleCode, detail = '') {
    const trouble = soundTrouble(code, detail);
    super(trouble.en);
    this.code = code;
    this.trouble = trouble;
  }
}

const OF_THE_DISK: Readonly<Record<string, SoundTroubleCode>> = {
  ENOSPC: 'sound-disk-full',
  EDQUOT: 'sound-disk-full',
  EROFS: 'sound-read-only',
  EACCES: 'sound-read-only',
  EPERM: 'sound-read-only',
};

/** The trouble behind a failure of disk, mount or seal. Throws the failure on when it is none of them: a mistake of ours. */
export function troubleOf(failure: unknown): SoundTrouble {
  if (failure instanceof SoundFailure) return failure.trouble;
  const code = codeOf(failure);
  if (code in OF_THE_DISK) return soundTrouble(OF_THE_DISK[code] ?? 'sound-unreachable', code);
  if (!isOfTheSystem(failure)) throw failure;
  return soundTrouble('sound-unreachable', code);
}

/** Whatever the system's word is (EIO, EUCLEAN, EBADMSG, UNKNOWN): a list of them is never whole. Its other errors are ours. */
function isOfTheSystem(failure: unknown): boolean {
  return failure instanceof Error && ('errno' in failure || 'syscall' in failure);
}

/** Whether the file is readable and not what was kept, in contrast to one that cannot be judged now. */
export function isAlteration({ code }: SoundTrouble): boolean {
  return code === 'sound-altered' || code === 'sound-cut-short';
}
