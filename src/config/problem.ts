/** One mistake in the configuration, as a person can find and mend it. */
export interface Problem {
  /** As the reader knows it: `dutyline.yaml`, `office.yaml`, `environment`. */
  readonly file: string;
  /** Line in that file, from 1; null when the key is missing or the mistake is not in a file. */
  readonly line: number | null;
  /** `pbxs[0].listen.secretEnv`; empty when the whole file is meant. */
  readonly key: string;
  /** What is wrong and what to write instead. Never contains a secret's value. */
  readonly message: string;
}

/** All mistakes in one text, one a line, in the order of the files. */
export function describeProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? '1 mistake' : `${problems.length} mistakes`;
  return [`The configuration has ${count}; nothing was started:`, ...problems.map(describe)].join('\n');
}

function describe(problem: Problem): string {
  const place = problem.line === null ? problem.file : `${problem.file}:${problem.line}`;
  return problem.key === ''
    ? `  ${place}: ${problem.message}`
    : `  ${place}  ${problem.key}: ${problem.message}`;
}

/** `['pbxs', 0, 'host']` as people write it: `pbxs[0].host`. */
export function keyText(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`))
    .join('');
}
