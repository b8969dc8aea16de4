/** Files somebody uploads: honest ones and hostile ones. */

import { crc32, deflateRawSync } from 'node:zlib';
import { Workbook } from '@cj-tech-master/excelts';

export async function xlsx(rows: readonly (readonly unknown[])[]): Promise<Buffer> {
  const book = new Workbook();
  const sheet = book.addWorksheet('通讯录');
  for (const row of rows) sheet.addRow([...row] as never);
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** A ZIP of these parts; `claim` is what it says of their unpacked size. */
export function zip(parts: Readonly<Record<string, Buffer>>, claim?: number): Buffer {
  const heads: Buffer[] = [];
  const bodies: Buffer[] = [];
  let at = 0;
  for (const [name, part] of Object.entries(parts)) {
    const packed = deflateRawSync(part);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(part), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claim ?? part.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    heads.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, Buffer.from(name)]),
    );
    bodies.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(heads);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(heads.length, 8);
  end.writeUInt16LE(heads.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, directory, end]);
}

/** The same with merged areas, such as `A3:A4`. */
export async function mergedXlsx(
  rows: readonly (readonly unknown[])[],
  areas: readonly string[],
): Promise<Buffer> {
  const book = new Workbook();
  const sheet = book.addWorksheet('值班表');
  for (const row of rows) sheet.addRow([...row] as never);
  for (const area of areas) sheet.mergeCells(area);
  return Buffer.from(await book.xlsx.writeBuffer());
}
