import { expect, it } from 'vitest';
import { attachmentTypeOf } from '../../src/documents/attachment-type.ts';
import { papersDocx } from '../../src/documents/paper-docx.ts';
import { docx, jpeg, pdf, png, xlsx, zip } from './attachment-files.ts';

const text = (value: string) => Buffer.from(value);

it.each([
  ['a PDF', pdf(), 'pdf'],
  ['a JPEG', jpeg(), 'jpg'],
  ['a PNG', png(), 'png'],
  ['a document', docx(), 'docx'],
  ['a table', xlsx('xl/printerSettings/printerSettings1.bin'), 'xlsx'],
  ['text in UTF-8', text('滑坡阻断道路\r\n约三十米\t'), 'txt'],
  ['text in GB18030', Buffer.from([0xbb, 0xac, 0xc6, 0xc2]), 'txt'],
  // Harmless as text, since it is never shown by the browser.
  ['a page', text('<script>alert(1)</script>'), 'txt'],
] as const)('knows %s by its content', (_what, bytes, type) => {
  expect(attachmentTypeOf(bytes)).toBe(type);
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['a program', Buffer.concat([text('MZ'), Buffer.from([0x90, 0, 3, 0, 0, 0])])],
  ['a PDF that was cut off', pdf().subarray(0, -10)],
  ['a JPEG that was cut off', jpeg().subarray(0, -8)],
  ['a ZIP of anything', zip('setup.exe')],
  ['a document and a table at once', docx('xl/workbook.xml')],
  ['a document with macros', docx('word/vbaProject.bin')],
  ['a table with an embedded program', xlsx('xl/embeddings/oleObject1.bin')],
  ['parts that leave the folder', docx('../../evil.xml')],
  ['parts with a path of Windows', docx('word\\..\\..\\evil.xml')],
  ['a ZIP without its directory', docx().subarray(0, 100)],
  ['an old .doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0])],
  ['text with a NUL', text('a\0b')],
  ['text with an escape sequence', text('\u001b[31m')],
])('refuses %s', (_what, bytes) => {
  expect(attachmentTypeOf(bytes)).toBeNull();
});

it('takes our own Word papers', async () => {
  expect(attachmentTypeOf(Buffer.from(await papersDocx([])))).toBe('docx');
});

it('never throws, whatever the bytes are', () => {
  const whole = docx();
  for (let cut = 0; cut < whole.length; cut += 1) attachmentTypeOf(whole.subarray(0, cut));
  for (let at = 0; at < whole.length; at += 1) {
    const broken = Buffer.from(whole);
    broken[at] = (broken[at] ?? 0) ^ 0xff;
    attachmentTypeOf(broken);
  }
  expect(attachmentTypeOf(whole)).toBe('docx');
});
