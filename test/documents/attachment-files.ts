/** Files as offices attach them, small. */
import { zipOf } from '../../src/web/zip-archive.ts';

export function pdf(text = '情况报告'): Buffer {
  return Buffer.from(`%PDF-1.4\n% ${text}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`);
}

export function jpeg(): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    Buffer.alloc(64, 7),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** One transparent pixel. */
export function png(): Buffer {
  return Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
}

export function zip(...names: readonly string[]): Buffer {
  const pieces = [Buffer.from('<x/>')];
  return Buffer.concat(
    zipOf(
      names.map((name) => ({ name, pieces })),
      Date.UTC(2026, 10, 26),
    ).pieces,
  );
}

export function docx(...more: readonly string[]): Buffer {
  return zip('[Content_Types].xml', '_rels/.rels', 'word/document.xml', ...more);
}

export function xlsx(...more: readonly string[]): Buffer {
  return zip('[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', ...more);
}
