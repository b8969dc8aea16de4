import { expect, it } from 'vitest';
import { attachmentName, sizeText } from '../../src/records/attachment.ts';

it.each([
  ['情况报告.pdf', 'pdf', '情况报告.pdf'],
  ['现场照片.JPEG', 'jpg', '现场照片.jpg'],
  ['C:\\Users\\某\\桌面\\表.xlsx', 'xlsx', '表.xlsx'],
  ['../../etc/passwd', 'txt', 'passwd.txt'],
  // A name claims one kind and the content is another: both stand there, and it opens as what it is.
  ['setup.exe', 'txt', 'setup.exe.txt'],
  ['照片.png.pdf', 'png', '照片.png.pdf.png'],
  // U+202E would show `‮fdp.exe` as `exe.pdf`.
  ['报告\u202efdp.exe', 'pdf', '报告fdp.exe.pdf'],
  ['换\r\n行\u0000.txt', 'txt', '换行.txt'],
  ['a<b>:"c|d?e*.txt', 'txt', 'a_b___c_d_e_.txt'],
  ['CON.txt', 'txt', '附件CON.txt'],
  ['.htaccess', 'txt', '附件.htaccess.txt'],
  ['', 'pdf', '附件.pdf'],
  ['...', 'pdf', '附件.pdf'],
  ['𠮷'.repeat(300), 'png', `${'𠮷'.repeat(100)}.png`],
  ['半个\ud800字.pdf', 'pdf', '半个�字.pdf'],
] as const)('%j, a %s, is called %j', (given, type, name) => {
  expect(attachmentName(given, type)).toBe(name);
});

it('says sizes as people compare them', () => {
  expect([12, 1_000, 48_400, 20_000_000].map(sizeText)).toEqual(['12 字节', '1 KB', '48 KB', '20.0 MB']);
});
