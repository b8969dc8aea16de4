/** One parsed file against its schema: its mistakes are told, and what is left goes on to the cross-checks. */
import type { z } from 'zod';
import type { Problem } from './problem.ts';
import { keyText } from './problem.ts';
import { salvage } from './salvage.ts';
import { schemaProblems } from './schema-problem.ts';
import type { YamlFile } from './yaml-file.ts';

export interface Shaped<T> {
  /** What the schema accepts; null when nothing useful is left. */
  readonly rest: T | null;
  /** False when something was taken out: then what is not there may only be missing for that reason. */
  readonly isWhole: boolean;
  /** Whether nothing was taken out at or below a path of `rest`. */
  readonly isWholeAt: (path: readonly PropertyKey[]) => boolean;
  /** Tells a mistake at a path of `rest`. */
  readonly refuse: (path: readonly PropertyKey[], message: string) => void;
  /** Whether the value at a path of `rest` was written as `${NAME}` and nothing else. */
  readonly isFromEnvironment: (path: readonly PropertyKey[]) => boolean;
}

/** `file` is its name as shown. Mistakes are added to `problems`. */
export function checkShape<T>(
  file: string,
  yaml: YamlFile,
  schema: z.ZodType<T>,
  problems: Problem[],
): Shaped<T> {
  const { issues, rest, placeOf } = salvage(schema, yaml.value ?? {});
  problems.push(...schemaProblems(file, yaml, issues));
  return {
    rest,
    isWhole: issues.length === 0,
    isWholeAt: (path) => {
      const place = placeOf(path);
      return !issues.some((issue) => place.every((part, depth) => issue.path[depth] === part));
    },
    refuse: (path, message) => {
      const place = placeOf(path);
      problems.push({ file, line: yaml.lineOf(place), key: keyText(place), message });
    },
    isFromEnvironment: (path) => yaml.isFromEnvironment(placeOf(path)),
  };
}
