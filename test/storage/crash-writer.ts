/**
 * A writer to be killed: tells call after call and stroke after stroke, and says on standard output what was acknowledged,
 * one JSON line each, after the acknowledgement and never before. After so many it waits: who is to kill it may be kept waiting
 * himself, and a room shows a thousand calls of a day.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/storage/open-store.ts';
import { RULES } from './office.ts';
import { answeredCall, NOON } from './telling.ts';

const [database = '', seed = '0', most = '0'] = process.argv.slice(2);
const store = await openStore({ database, rules: RULES });
const record = '0190a000-0000-7000-8000-00000000000a';
const asker = { account: null, person: 'zhang', seat: 'seat-1' };
const ask = (command: Record<string, unknown>) =>
  ({ type: 'record-command', command: { record, ...command } as never, asker, at: NOON }) as const;

await store.write([ask({ type: 'open-by-hand', opId: `open-${seed}`, room: 'room-1' })]);
let version = (await store.recordView(record))?.fields.content.version ?? 0;

for (let n = 0; n < Number(most); n += 1) {
  const linkedid = `${seed}.${n}`;
  const text = `第 ${n} 句 ${seed}`;
  const results = await store.write([
    ...answeredCall(linkedid, NOON + n),
    ask({
      type: 'patch-field',
      opId: `${seed}-${n}`,
      field: 'content',
      base: version,
      value: text,
      client: seed,
    }),
    { type: 'audit', at: NOON, account: null, person: null, kind: 'test', subject: linkedid, payload: { n } },
  ]);
  if (results.some((result) => !result.ok)) throw new Error(JSON.stringify(results));
  version += 1;
  writeSync(1, `${JSON.stringify({ linkedid, text, version })}\n`);
}
setInterval(() => {}, 60_000);
