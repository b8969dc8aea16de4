/** 考核 and the service behind it. Each answer is a value or a sentence for the person. */
import type { Refusal } from '../../records/command.ts';
import { assessmentWords as say } from './words.ts';

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly zh: string };

/** `path` is what stands behind `/api/assessment`. */
export async function readAssessment<Value>(path: string, signal: AbortSignal): Promise<Answer<Value>> {
  try {
    const answer = await fetch(`/api/assessment${path}`, { cache: 'no-store', signal });
    const body: unknown = await answer.json();
    return answer.ok ? { ok: true, value: body as Value } : { ok: false, zh: (body as Refusal).zh };
  } catch {
    return { ok: false, zh: say.unreachable };
  }
}

/** Told before it prints, so that the audit trail has it first; the paper is not held back by it. */
export async function tellPrinted(body: {
  readonly from: string;
  readonly to: string;
  readonly way: string;
}): Promise<void> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  await fetch('/api/assessment/printed', init).catch(() => undefined);
}
