export function prepareAsterisk(
  major: number,
  say?: (line: string) => void,
): Promise<{ prefix: string; version: string; seconds: number }>;
