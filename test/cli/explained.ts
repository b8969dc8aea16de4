/** What `dutyline explain` prints. */
import { Writable } from 'node:stream';
import type { CallSummary } from '../../src/calls/call-summary.ts';
import { explainFiles } from '../../src/cli/explain.ts';
import type { ExplainOptions } from '../../src/cli/explain-setup.ts';

export interface Explained {
  /** Standard output, line by line. */
  readonly lines: readonly string[];
  readonly calls: readonly CallSummary[];
  /** Standard error. */
  readonly counts: Readonly<Record<string, number>>;
}

export async function explained(options: ExplainOptions, ...files: readonly string[]): Promise<Explained> {
  const [out, err] = [collector(), collector()];
  await explainFiles(options, files, out.stream, err.stream);
  const lines = out
    .text()
    .split('\n')
    .filter((line) => line !== '');
  return {
    lines,
    calls: lines.map((line) => JSON.parse(line) as CallSummary),
    counts: JSON.parse(err.text()) as Record<string, number>,
  };
}

function collector() {
  const parts: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(part: string, _encoding, done) {
      parts.push(part);
      done();
    },
  });
  return { stream, text: () => parts.join('') };
}
