/**
 * Memory over a long time: parser, tracker, intake and SQLite take one call after the other, and the process must not be
 * larger after 100,000 of them than after 10,000. The bytes come from a process of their own, as Asterisk's do: making
 * them takes more memory than reading them.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { benchPipeline } from './pipeline.ts';

export interface MemoryFigures {
  readonly calls: number;
  /** Median over the readings of the last 2,000 calls up to a tenth of all, and up to the end. */
  readonly rssMbAfterTenth: number;
  readonly rssMbAtEnd: number;
  readonly growth: number;
}

const WINDOW = 2_000;
const MOST_GROWTH = 0.1;

/** Tells so many calls and compares what the process held after a tenth of them with what it holds at the end. */
export async function benchMemory(calls: number): Promise<MemoryFigures> {
  const readings: { readonly told: number; readonly mb: number }[] = [];
  const replayer = startReplayer();
  try {
    await benchPipeline(calls, {
      bytesOf: replayer.bytesOf,
      afterRound: (told) => readings.push({ told, mb: process.memoryUsage.rss() / 1_048_576 }),
    });
  } finally {
    replayer.stop();
  }
  const upTo = (mark: number) =>
    median(readings.filter(({ told }) => told > mark - WINDOW && told <= mark).map(({ mb }) => mb));
  const [rssMbAfterTenth, rssMbAtEnd] = [upTo(calls / 10), upTo(calls)];
  return { calls, rssMbAfterTenth, rssMbAtEnd, growth: rssMbAtEnd / rssMbAfterTenth - 1 };
}

/** `call-replayer.ts` as a process of its own: it answers each order with a line that says how many bytes follow, and them. */
function startReplayer() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./call-replayer.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;

  async function nextChunk(): Promise<Buffer> {
    const { value, done } = await chunks.next();
    if (done === true) throw new Error('the replayer has ended');
    return value;
  }

  return {
    async *bytesOf(firstCall: number, count: number): AsyncIterable<Uint8Array> {
      child.stdin.write(`${firstCall} ${count}\n`);
      let chunk = await nextChunk();
      while (!chunk.includes('\n')) chunk = Buffer.concat([chunk, await nextChunk()]);
      const end = chunk.indexOf('\n');
      let left = Number(chunk.subarray(0, end).toString());
      for (chunk = chunk.subarray(end + 1); ; chunk = await nextChunk()) {
        left -= chunk.length;
        yield chunk;
        if (left <= 0) return;
      }
    },
    stop: () => child.kill(),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}

/** `npm run bench -- memory [CALLS]`: prints the figures as one JSON object; fails when memory grows. */
export async function run(args: readonly string[]): Promise<void> {
  const calls = Number(args[0] ?? 100_000);
  if (!Number.isInteger(calls) || calls < 10 * WINDOW) {
    throw new Error(`a number of calls from ${10 * WINDOW} on is needed, not ${args[0]}`);
  }
  const figures = await benchMemory(calls);
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  if (figures.growth > MOST_GROWTH) process.exitCode = 1;
}
