/** Waiting for what a child process says. */
import type { ChildProcess } from 'node:child_process';

export function hasKey(message: unknown, key: string): boolean {
  return typeof message === 'object' && message !== null && key in message;
}

/** The first message that fits; rejects when the child ends before it. */
export function messageOf<T>(child: ChildProcess, fits: (message: unknown) => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (fits(message)) resolve(message as T);
    });
    child.once('exit', (code) => reject(new Error(`a part of the bench ended with ${code}`)));
  });
}
