/**
 * The service's log: one line of JSON each with a stable code and what it is about; never field texts, passwords or
 * tokens. Only user of pino.
 */
import { pino } from 'pino';

export type Log = (
  level: 'info' | 'warn' | 'error',
  code: string,
  about: Readonly<Record<string, unknown>>,
) => void;

/** Writes to standard error, so that what a command prints for people stays apart. */
export function createLog(level: 'info' | 'warn' | 'error' | 'silent'): Log {
  const logger = pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
  return (at, code, about) => logger[at]({ code, ...about });
}
