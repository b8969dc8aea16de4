/** One line of the service's log: a stable code and what it is about. Never field texts, passwords or tokens. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  code: string,
  about: Readonly<Record<string, unknown>>,
) => void;
