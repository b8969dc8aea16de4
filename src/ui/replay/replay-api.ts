/** What 回放 asks of the service: a call with its record and marks, the outline of a sound, and a new mark. */
import type { Refusal } from '../../records/command.ts';
import type { ReviewSaid } from '../../records/review.ts';
import { type Outline, readPeaks } from '../../sound/peaks.ts';
import type { CallView } from '../../web/protocol/call-view.ts';
import type { RecordView } from '../../web/protocol/record-view.ts';
import type { ReplayView } from '../../web/protocol/review-view.ts';
import { replayWords as say } from './words.ts';

export interface ReplayedCall extends ReplayView {
  readonly call: CallView;
  readonly record: RecordView | null;
}

export type CallAnswer =
  | ({ readonly kind: 'call' } & ReplayedCall)
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed' };

export async function readCall(id: string, signal: AbortSignal): Promise<CallAnswer> {
  const path = `/api/calls/${encodeURIComponent(id)}`;
  try {
    const [call, replay] = await Promise.all(
      [path, `${path}/replay`].map((asked) => fetch(asked, { cache: 'no-store', signal })),
    );
    if (call?.status === 404 || replay?.status === 404) return { kind: 'gone' };
    if (call?.ok !== true || replay?.ok !== true) return { kind: 'failed' };
    const seen = (await call.json()) as Pick<ReplayedCall, 'call' | 'record'>;
    return { kind: 'call', ...seen, ...((await replay.json()) as ReplayView) };
  } catch {
    return { kind: 'failed' };
  }
}

export type PeaksAnswer =
  | { readonly kind: 'peaks'; readonly outlines: readonly Outline[] }
  /** A reason is owed before anything of this sound may be seen. */
  | { readonly kind: 'say-why' }
  | { readonly kind: 'none' };

export async function readOutlines(recording: string, signal: AbortSignal): Promise<PeaksAnswer> {
  try {
    const path = `/api/recordings/${encodeURIComponent(recording)}/peaks`;
    const answer = await fetch(path, { cache: 'no-store', signal });
    if (answer.ok) {
      const outlines = readPeaks(new Uint8Array(await answer.arrayBuffer()));
      return outlines === null ? { kind: 'none' } : { kind: 'peaks', outlines };
    }
    const { code } = (await answer.json()) as Refusal;
    return { kind: code === 'listen-reason-needed' ? 'say-why' : 'none' };
  } catch {
    return { kind: 'none' };
  }
}

export type ReviewAnswer =
  | { readonly kind: 'kept' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** `review` is made by the page: sent again after a lost answer it is the same mark. */
export async function keepReview(
  call: string,
  mark: ReviewSaid & { readonly review: string; readonly seen: string | null },
): Promise<ReviewAnswer> {
  try {
    const answer = await fetch(`/api/calls/${encodeURIComponent(call)}/reviews`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(mark),
    });
    return answer.ok ? { kind: 'kept' } : { kind: 'refused', refusal: (await answer.json()) as Refusal };
  } catch {
    return {
      kind: 'refused',
      refusal: { code: 'unreachable', zh: say.review.failed, en: 'server unreachable' },
    };
  }
}
