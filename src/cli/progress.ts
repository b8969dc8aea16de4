/** How far a long command is, on one line of a terminal; nothing where standard error is a file or a pipe. */

export interface Progress {
  show(text: string): void;
  end(): void;
}

/** At most ten lines a second are drawn: a terminal by ssh is slow. */
const EVERY_MS = 100;

export function createProgress(): Progress {
  const isTerminal = process.stderr.isTTY;
  let drawnAt = 0;
  let drawn = false;
  return {
    show(text) {
      const now = Date.now();
      if (!isTerminal || now - drawnAt < EVERY_MS) return;
      drawnAt = now;
      drawn = true;
      process.stderr.write(`\r\u001b[K${text}`);
    },
    end() {
      if (drawn) process.stderr.write('\r\u001b[K');
    },
  };
}
