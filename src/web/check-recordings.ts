/** Whether sound can be kept now, and if not, why not: the folder, what lies in it, the PBXs that hold what is not ours yet. */
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import type { Refusal } from '../records/command.ts';
import type { RecordingOffice } from './recording-desk.ts';
import type { WebDeps } from './web-options.ts';

/** Null: it can. */
export async function checkRecordings(
  folder: string,
  { library, recordingOffice }: Pick<WebDeps, 'library' | 'recordingOffice'>,
): Promise<Refusal | null> {
  return (
    (await checkFolder(folder)) ??
    // An empty folder asks the database whether it held sound; that the database is away is told beside this.
    (await library.trouble().catch(() => null)) ??
    awayRefusal(recordingOffice)
  );
}

async function checkFolder(folder: string): Promise<Refusal | null> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return {
      code: 'recordings-folder',
      zh: '录音存储目录不能写入，录音无法入库。请检查目录权限和磁盘。',
      en: `The recordings folder cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** Sound that cannot be fetched now stays on its PBX: nothing is lost yet, and somebody has to look. */
function awayRefusal(office: RecordingOffice | null): Refusal | null {
  const [first] = office?.away() ?? [];
  if (first === undefined) return null;
  const { name, reason } = first;
  return { code: reason.code, zh: `${name}：${reason.zh}`, en: `${name}: ${reason.en}` };
}
