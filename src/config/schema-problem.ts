/** What zod found, in words of a person who edits the file. */
import type { z } from 'zod';
import type { Problem } from './problem.ts';
import { keyText } from './problem.ts';
import type { YamlFile } from './yaml-file.ts';

/** One `Problem` for each thing zod did not like. `file` is its name as shown. */
export function schemaProblems(
  file: string,
  yaml: YamlFile,
  issues: readonly z.core.$ZodIssue[],
): readonly Problem[] {
  return issues.flatMap((issue) =>
    pathsOf(issue).map((path) => ({
      file,
      line: yaml.lineOf(path),
      key: keyText(path),
      message: sentence(issue),
    })),
  );
}

function pathsOf(issue: z.core.$ZodIssue): readonly (readonly PropertyKey[])[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'no such key; config/README.md lists all keys';
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : wrongShape(issue.expected);
    case 'invalid_value':
      return `write one of: ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'write none, or keys below it, indented by two spaces';
    case 'too_small':
      return issue.origin === 'array' ? 'the list is empty' : issue.message;
    default:
      return issue.message;
  }
}

function wrongShape(expected: string): string {
  if (expected === 'array') return 'write a list: one entry a line, each beginning with "- "';
  if (expected === 'object') return 'write keys below it, indented by two spaces';
  return 'write one value, not a list and not keys';
}
