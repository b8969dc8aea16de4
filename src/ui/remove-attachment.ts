import { attachmentWords as say } from './attachment-words.ts';

/** Null when it is gone; else the sentence that says why not. */
export async function removeAttachment(id: string, reason: string): Promise<string | null> {
  try {
    const answer = await fetch(`/api/attachments/${encodeURIComponent(id)}/remove`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason }),
    });
    if (answer.ok) return null;
    const body: unknown = await answer.json();
    return typeof body === 'object' && body !== null && 'zh' in body
      ? String(body.zh)
      : say.unexpected(answer.status);
  } catch {
    return say.broken;
  }
}
