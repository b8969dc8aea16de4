import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCsvReader } from '../../src/history/csv.ts';
import { createMysqlReader } from '../../src/history/mysql.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { startMariadb } from '../bed/mariadb.ts';
import { startOffice } from '../bed/office.ts';
import { storiesFor } from '../bed/scenarios/all-stories.ts';
import {
  CEL_TABLE_MYSQL,
  celInsert,
  differences,
  listenedTo,
  recover,
  ZONE,
} from '../history/live-and-kept.ts';
import { RULES } from '../storage/office.ts';
import { runOf, writeSection } from './soak-report.ts';

const STORIES = [
  'inbound-answered',
  'inbound-missed',
  'inbound-abandoned',
  'inbound-anonymous',
  'inbound-two-at-once',
  'transfer-blind',
  'transfer-blind-to-mobile',
  'transfer-attended',
  'transfer-dtmf',
  'park-and-pick-up',
  'forward-302',
  'forward-302-not-answered',
  'ring-group-one-declines-other-answers',
  'queue-answered',
  'queue-abandoned',
  'outbound-answered',
  'outbound-abandoned',
];

/**
 * Mixed calls on three PBXs side by side while only a second listener hears them; recovers them from CSV and from MariaDB and
 * compares call by call. Answers the exit code: 1 when one is missing, too many, or told otherwise.
 */
export async function soakHistory(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-soak-history-'));
  const [mariadb, ...offices] = await Promise.all([
    startMariadb(),
    ...Array.from({ length: 3 }, () => startOffice({ sound: false })),
  ]);
  const stories = storiesFor(22, 'plain').filter(({ name }) => STORIES.includes(name));
  let wrong = 0;
  const rows: string[] = [];
  try {
    const from = Date.now();
    const live = await Promise.all(offices.map((office) => listenedTo(office, stories, folder)));
    const stretch = { from, to: Date.now() };
    for (const [index, office] of offices.entries()) {
      const csv = createCsvReader({
        cel: join(office.pbx.folders.log, 'cel-custom/Master.csv'),
        cdr: null,
        timeZone: ZONE,
      });
      const kept = await csv.cel(from, stretch.to);
      if (!kept.ok) throw new Error(kept.reason);
      const database = `pbx${index}`;
      mariadb.run(
        `create database ${database} default charset utf8mb4; use ${database}; ${CEL_TABLE_MYSQL} ${celInsert(kept.rows, 'mysql')}`,
      );
      const mysql = createMysqlReader({ url: mariadb.url(database), timeZone: ZONE });
      for (const [name, reader] of [
        ['csv', csv],
        ['mysql', mysql],
      ] as const) {
        const store = await openStore({ database: join(folder, `${database}-${name}.db`), rules: RULES });
        const { report, calls } = await recover(store, reader, database, stretch);
        await store.close();
        const unlike = differences(live[index] ?? [], calls);
        wrong += unlike.length + report.notRecoverable.length;
        const { recovered, notRecoverable, notOurs, brokenRows } = report;
        const heard = live[index]?.length ?? 0;
        rows.push(
          `| ${index + 1} | ${name} | ${heard} | ${recovered} | ${notOurs} | ${notRecoverable.length} | ${brokenRows} | ${unlike.length} |`,
        );
        process.stdout.write(
          `${JSON.stringify({ pbx: index, from: name, heard, recovered, notOurs, lost: notRecoverable.length, brokenRows, unlike })}\n`,
        );
      }
    }
    const heard = live.flat().length;
    writeSection(
      'History',
      `\`npm run soak -- history\` at commit ${runOf(0).commit}, no chance in it: ${heard} mixed calls on three real Asterisks 22 (${STORIES.length} kinds: ${STORIES.join(', ')})
while DutyLine listened to none of them, compared with a second listener call by call. **${wrong} differences.**

| PBX | from | heard live | recovered | of no duty line | lost | broken rows | told otherwise |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}`,
    );
    process.stdout.write(
      `${heard} calls heard live in ${Math.round((stretch.to - from) / 1_000)} s, ${wrong} differences\n`,
    );
    return wrong === 0 && heard >= 50 ? 0 : 1;
  } finally {
    await Promise.all([mariadb.stop(), ...offices.map((office) => office.stop())]);
    rmSync(folder, { recursive: true });
  }
}
