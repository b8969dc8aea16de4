export function asteriskHome(): string;
export function asteriskPrefix(major: number): string;
export function prepareAsterisk(
  major: number,
  say?: (line: string) => void,
): Promise<{ prefix: string; version: string; seconds: number }>;
