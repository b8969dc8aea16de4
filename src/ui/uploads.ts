/**
 * Files on their way to the service, one after the other, whatever is open meanwhile. One list per page. A file that did
 * not arrive stays in the list until a person has it sent again or gives it up; a repeat carries the same id.
 */
import type { AttachmentLimits } from '../records/attachment.ts';
import { attachmentWords as say } from './attachment-words.ts';
import { newId } from './ids.ts';

export interface Upload {
  readonly op: string;
  readonly record: string;
  readonly file: File;
  readonly state: 'waiting' | 'sending' | 'refused' | 'broken';
  /** Bytes that have left. */
  readonly sent: number;
  /** Why it was not taken. */
  readonly said: string | null;
}

export interface Uploads {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => readonly Upload[];
  readonly add: (record: string, files: readonly File[], limits: AttachmentLimits) => void;
  readonly again: (op: string) => void;
  /** Gives one up, also on its way. */
  readonly drop: (op: string) => void;
}

/** A wire that swallows everything tells nobody: without a sign for so long, it is taken for broken. */
const SILENT_MS = 60_000;

export function createUploads(): Uploads {
  let uploads: readonly Upload[] = [];
  let running: { readonly op: string; readonly request: XMLHttpRequest } | null = null;
  const listeners = new Set<() => void>();

  function become(next: readonly Upload[]): void {
    uploads = next;
    for (const listener of listeners) listener();
    startNext();
  }
  function change(op: string, what: Partial<Upload>): void {
    become(uploads.map((upload) => (upload.op === op ? { ...upload, ...what } : upload)));
  }

  function startNext(): void {
    const next = uploads.find(({ state }) => state === 'waiting');
    if (running !== null || next === undefined) return;
    const request = new XMLHttpRequest();
    running = { op: next.op, request };
    let silence = 0;
    const heard = (): void => {
      clearTimeout(silence);
      silence = window.setTimeout(() => {
        over({ state: 'broken', said: say.silent });
        request.abort();
      }, SILENT_MS);
    };
    const over = (what: Partial<Upload> | null): void => {
      clearTimeout(silence);
      if (running?.request !== request) return;
      running = null;
      if (what === null) become(uploads.filter(({ op }) => op !== next.op));
      else change(next.op, what);
    };
    request.upload.onprogress = (event) => {
      if (running?.request !== request) return;
      heard();
      change(next.op, { sent: event.loaded });
    };
    request.onload = () => {
      if (request.status === 200 || request.status === 201) over(null);
      else over({ state: 'refused', said: refusalIn(request) });
    };
    request.onerror = () => over({ state: 'broken', said: say.broken });
    const query = new URLSearchParams({ name: next.file.name.slice(0, 300) || say.title, op: next.op });
    request.open('POST', `/api/records/${encodeURIComponent(next.record)}/attachments?${query.toString()}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    change(next.op, { state: 'sending', sent: 0, said: null });
    request.send(next.file);
    heard();
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => uploads,
    add: (record, files, { mostBytes }) =>
      become([
        ...uploads,
        ...files.map((file): Upload => {
          const objection = objectionTo(file, mostBytes);
          const state = objection === null ? 'waiting' : 'refused';
          return { op: newId(), record, file, state, sent: 0, said: objection };
        }),
      ]),
    again: (op) => change(op, { state: 'waiting', sent: 0, said: null }),
    drop: (op) => {
      const request = running?.op === op ? running.request : null;
      if (request !== null) running = null;
      request?.abort();
      become(uploads.filter((upload) => upload.op !== op));
    },
  };
}

function objectionTo(file: File, mostBytes: number): string | null {
  if (file.size === 0) return say.empty;
  return file.size > mostBytes ? say.tooLarge(say.size(mostBytes)) : null;
}

function refusalIn(request: XMLHttpRequest): string {
  try {
    const body: unknown = JSON.parse(request.responseText);
    if (typeof body === 'object' && body !== null && 'zh' in body) return String(body.zh);
  } catch {
    // A proxy answered instead of the service.
  }
  return say.unexpected(request.status);
}
