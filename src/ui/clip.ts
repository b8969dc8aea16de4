/** 导出片段 over HTTP: the archive comes as one answer and is handed to the browser to be saved. */
import type { Refusal } from '../records/command.ts';
import { words } from './words.ts';

/** Seconds of the recording. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export type ExportAnswer =
  | { readonly kind: 'saved'; readonly sha256: string }
  | { readonly kind: 'say-why' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** So long the browser may take to begin with the saving; then the page lets go of the sound. */
const HELD_MS = 60_000;

/** Asks for the stretch and saves it. `reason` null where none was asked for yet. */
export async function exportClip(
  recording: string,
  stretch: Stretch,
  reason: string | null,
): Promise<ExportAnswer> {
  try {
    const answer = await fetch(`/api/recordings/${encodeURIComponent(recording)}/clip`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...stretch, reason }),
    });
    if (!answer.ok) {
      const refusal = (await answer.json()) as Refusal;
      return refusal.code === 'export-reason-needed' ? { kind: 'say-why' } : { kind: 'refused', refusal };
    }
    const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
    save(await answer.blob(), name ?? 'clip.zip');
    return { kind: 'saved', sha256: answer.headers.get('x-clip-sha256') ?? '' };
  } catch {
    return {
      kind: 'refused',
      refusal: { code: 'unreachable', zh: words.clip.failed, en: 'server unreachable' },
    };
  }
}

function save(archive: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(archive);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), HELD_MS);
}
