/** Where one report is as a paper. */
export function paperOf(incident: string, report: string, format: 'html' | 'docx'): string {
  return `/api/papers/report?incident=${incident}&report=${report}&format=${format}`;
}
