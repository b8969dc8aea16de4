/** `million-fill.ts DATABASE sqlite|postgres RECORDS`: fills a database for the bench `million`, which starts this. */
import type { Dialect } from '../../src/storage/dialect.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { RULES } from '../storage/office.ts';
import { afterFilling, fillOffice, isEmpty } from './million-office.ts';

const [database = '', dialect = 'sqlite', count = '0'] = process.argv.slice(2);
const kind: Dialect = dialect === 'postgres' ? 'postgres' : 'sqlite';
if (await isEmpty(database, kind)) await timed('filled', () => fillOffice(database, kind, Number(count)));
await timed('indexed, at the first opening', async () => {
  await (await openStore({ database, rules: RULES })).close();
});
await timed('checkpoint, statistics', () => afterFilling(database, kind));

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const begun = performance.now();
  await work();
  process.stdout.write(`  ${what}: ${Math.round(performance.now() - begun)} ms\n`);
}
