/** What a command says and asks: results on standard output, everything else on standard error. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** A command ends with this sentence on standard error and exit code 1; nothing of ours is broken. */
export class CommandRefused extends Error {}

/** One line of result. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One line beside the result: progress, hints. */
export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Asks for a secret. At a terminal twice and without showing it; else it is the first line of standard input. */
export async function askSecret(name: string): Promise<string> {
  const first = await readSecretLine(`${name}: `);
  if (!process.stdin.isTTY) return first;
  if ((await readSecretLine(`${name} (again): `)) !== first)
    throw new CommandRefused('The two are not the same.');
  return first;
}

async function readSecretLine(prompt: string): Promise<string> {
  const isTerminal = process.stdin.isTTY;
  if (isTerminal) process.stderr.write(prompt);
  // Given a terminal as its output, readline would echo what is typed.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: isTerminal });
  try {
    for await (const line of reader) {
      if (isTerminal) process.stderr.write('\n');
      return line;
    }
    throw new CommandRefused('Nothing was typed.');
  } finally {
    reader.close();
  }
}

/** Rows as columns of equal width; a Chinese character takes two. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => widthOf(row[i] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

function widthOf(text: string): number {
  return [...text].reduce(
    (sum, letter) => sum + (/[\u1100-\u115f\u2e80-\uffdc]|[\u{20000}-\u{3fffd}]/u.test(letter) ? 2 : 1),
    0,
  );
}

/** Text from the database or the PBX, safe for a terminal: control characters would move its cursor or ring its bell. */
export function shown(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
