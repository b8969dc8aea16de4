/**
 * 涉密误录处置, the files' part: everything of one recording goes from every place that is ours. That two named persons
 * decided it, and why, the caller has written down before. The PBX's own file is not ours and is never touched.
 */
import type { Shredding } from './shred.ts';

export interface ErasePlace {
  /** `library`, `second-copy`: for the fact and the screen. */
  readonly name: string;
  /** Harmless when repeated. */
  readonly shred: (recording: string) => Promise<Shredding>;
}

export interface Erasure {
  /** False: some place could not be reached and must be tried again. */
  readonly isComplete: boolean;
  readonly places: readonly ({ readonly name: string } & Shredding)[];
  /** What may be said of it, and no more. */
  readonly zh: string;
  readonly en: string;
}

/** Our library, and the second copy where there is one. */
export function erasePlaces(library: Shredder, copy: Shredder | null): readonly ErasePlace[] {
  const places = [{ name: 'library', shred: (recording: string) => library.shred(recording) }];
  if (copy !== null) places.push({ name: 'second-copy', shred: (recording) => copy.shred(recording) });
  return places;
}

type Shredder = Pick<ErasePlace, 'shred'>;

/** Destroys in all places, also when one cannot be reached. Never rejects for disk or mount. */
export async function eraseRecording(recording: string, places: readonly ErasePlace[]): Promise<Erasure> {
  const done: ({ readonly name: string } & Shredding)[] = [];
  for (const place of places) done.push({ name: place.name, ...(await place.shred(recording)) });
  const isComplete = done.every(({ state }) => state === 'done');
  return { isComplete, places: done, ...sentenceOf(done) };
}

function sentenceOf(done: readonly Shredding[]): { readonly zh: string; readonly en: string } {
  const counts = done.map((one) => (one.state === 'done' ? one.shredded : { files: 0, saltless: 0 }));
  const files = counts.reduce((sum, one) => sum + one.files, 0);
  const saltless = counts.reduce((sum, one) => sum + one.saltless, 0);
  const away = done.filter(({ state }) => state !== 'done').length;
  const plain = files - saltless;
  return {
    zh: [
      `已删除 ${files} 个文件`,
      saltless > 0
        ? `其中 ${saltless} 个为加密文件，其盐值已抹去，没有盐值，残留数据即使有主密钥也无法解密`
        : '',
      plain > 0 ? `${plain} 个未加密，固态盘等介质上可能留有残块，只有销毁介质才能排除` : '',
      away > 0 ? `${away} 处暂时无法访问，需再次销毁` : '',
    ]
      .filter((part) => part !== '')
      .join('；'),
    en: [
      `${files} files were deleted`,
      saltless > 0
        ? `${saltless} of them were encrypted and lost their salt, without which the master key opens nothing that is left of them`
        : '',
      plain > 0
        ? `${plain} were not encrypted: flash and similar disks may keep parts, which only destroying the disk excludes`
        : '',
      away > 0 ? `${away} places could not be reached and must be tried again` : '',
    ]
      .filter((part) => part !== '')
      .join('; '),
  };
}
