/** 通讯录 from a file: read and shown first, written only when confirmed, then all of it or nothing. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Contact } from '../directory/contact.ts';
import { type ContactTable, readContactTable } from '../directory/contact-table.ts';
import { readNumber } from '../directory/number.ts';
import { readTable, type TableFault } from '../documents/read-table.ts';
import type { Refusal } from '../records/command.ts';
import { newId } from '../storage/new-id.ts';
import { parseImportBody } from './bodies/directory.ts';
import type { DirectoryDesk } from './directory-desk.ts';
import type { ImportPreview } from './protocol/directory-import-view.ts';
import { BAD_REQUEST, NOT_ALLOWED } from './refusals.ts';
import { refuse } from './send-sound.ts';

const LARGEST_FILE = 2_000_000;
const LARGEST_CONFIRMED = 4_000_000;
const FILES_A_MINUTE = 10;
/** Each answer tells whether an entry stands: nobody may ask that a thousand times. */
const CONFIRMED_A_MINUTE = 30;

export function addDirectoryImport(
  app: FastifyInstance,
  desk: DirectoryDesk,
  refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
  areaCode: string,
): void {
  // In a scope of its own: nowhere else is a body of raw bytes taken.
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    const config = { rateLimit: { max: FILES_A_MINUTE, timeWindow: 60_000 } };
    const limits = { preHandler: refuseForeign, bodyLimit: LARGEST_FILE, config };
    scope.post('/api/directory/preview', limits, (request, reply) =>
      desk.withDirectory(request, reply, async (visitor) => {
        if (!desk.mayEdit(visitor)) return refuse(reply, 403, NOT_ALLOWED);
        if (!Buffer.isBuffer(request.body)) return refuse(reply, 400, BAD_REQUEST);
        const table = await readTable(request.body);
        if (!table.ok) return refuse(reply, 409, TABLE_FAULTS[table.fault]);
        const read = readContactTable(table.rows, areaCode);
        if (read === null) return refuse(reply, 409, noHeading);
        return reply.send(previewOf(read, await desk.visible(visitor), areaCode));
      }),
    );
    done();
  });

  app.post(
    '/api/directory/import',
    {
      preHandler: refuseForeign,
      bodyLimit: LARGEST_CONFIRMED,
      config: { rateLimit: { max: CONFIRMED_A_MINUTE, timeWindow: 60_000 } },
    },
    (request, reply) =>
      desk.withDirectory(request, reply, (visitor) =>
        desk.change(visitor, reply, parseImportBody(request.body), () => 'contacts-imported'),
      ),
  );
}

/** `standing` are the entries that the visitor may see: a file must not find out the number of a superior office. */
function previewOf(table: ContactTable, standing: readonly Contact[], areaCode: string): ImportPreview {
  const keyOf = (number: string) => readNumber(number, areaCode).matchKey;
  const byKey = Map.groupBy(standing, ({ number }) => keyOf(number));
  return {
    columns: table.columns,
    ignored: table.ignored,
    troubles: table.troubles,
    rows: table.contacts.map(({ row, contact }) => ({
      row,
      contact: { ...contact, id: newId() },
      standing: byKey.get(keyOf(contact.number)) ?? [],
    })),
  };
}

export const TABLE_FAULTS: Readonly<Record<TableFault, Refusal>> = {
  'old-excel': {
    code: 'import-old-excel',
    zh: '这是旧格式 .xls 或加密的文件。请在表格软件中另存为 .xlsx 或 CSV 再导入。',
    en: 'This is an old .xls or an encrypted file. Save it as .xlsx or CSV.',
  },
  'not-a-table': {
    code: 'import-not-a-table',
    zh: '文件不是表格，或内容过大。请用 .xlsx 或 CSV，最多 6000 行、2 MB。',
    en: 'Not a table, or too large a one: .xlsx or CSV, at most 6,000 rows and 2 MB.',
  },
  'too-large': {
    code: 'import-too-large',
    zh: '表格超过 6000 行，请分几次导入。',
    en: 'More than 6,000 rows; import it in parts.',
  },
};
const noHeading: Refusal = {
  code: 'import-no-heading',
  zh: '前 10 行中没有找到表头。表头要有“电话”，并有“单位”或“姓名”。',
  en: 'No heading within ten rows: it needs 电话, and 单位 or 姓名.',
};
