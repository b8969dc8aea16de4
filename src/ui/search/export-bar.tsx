/** 导出: the whole of what was found, as a file that grows while it comes. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { Refusal } from '../../records/command.ts';
import { day, size } from '../format.ts';
import { searchWords as say } from './words.ts';

type Format = keyof typeof say.formats;

type Progress =
  | { readonly kind: 'quiet' }
  | { readonly kind: 'running' | 'done'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly why: string };

/** `query` null: nothing that could be exported is asked for. */
export function ExportBar({ query }: { readonly query: string | null }): ReactElement {
  const [format, setFormat] = useState<Format>('xlsx');
  const [progress, setProgress] = useState<Progress>({ kind: 'quiet' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function take(asked: string): Promise<void> {
    const mine = new AbortController();
    running.current = mine;
    setProgress({ kind: 'running', bytes: 0 });
    try {
      const file = await fetched(asked, format, mine.signal, (bytes) =>
        setProgress({ kind: 'running', bytes }),
      );
      save(file, `电话记录-${day(Date.now())}.${format === 'xlsx' ? 'xlsx' : 'csv'}`);
      setProgress({ kind: 'done', bytes: file.size });
    } catch (error) {
      const why = error instanceof Refused ? error.message : say.exportFailed;
      setProgress(mine.signal.aborted ? { kind: 'quiet' } : { kind: 'failed', why });
    }
  }

  return (
    <span className="search-export">
      <span role="status" className={progress.kind === 'failed' ? 'wrong' : 'note'}>
        {progress.kind === 'running' && say.exporting(size(progress.bytes))}
        {progress.kind === 'done' && say.exported(size(progress.bytes))}
        {progress.kind === 'failed' && progress.why}
      </span>
      <select
        aria-label={say.exportAs}
        value={format}
        onChange={(event) => setFormat(event.target.value as Format)}
      >
        {Object.entries(say.formats).map(([key, word]) => (
          <option key={key} value={key}>
            {word}
          </option>
        ))}
      </select>
      {progress.kind === 'running' ? (
        <Button onClick={() => running.current?.abort()}>{say.stop}</Button>
      ) : (
        <Button disabled={query === null} onClick={() => query !== null && void take(query)}>
          {say.export}
        </Button>
      )}
    </span>
  );
}

class Refused extends Error {}

async function fetched(
  query: string,
  format: Format,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  const address = new URLSearchParams(query);
  address.set('format', format);
  const answer = await fetch(`/api/search/export?${address.toString()}`, { cache: 'no-store', signal });
  if (!answer.ok || answer.body === null) throw new Refused(((await answer.json()) as Refusal).zh);
  const reader = answer.body.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts);
    parts.push(value);
    bytes += value.length;
    onBytes(bytes);
  }
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
