/** The settings of a line, watched by the service as an office starts it: at the connection, and after *72 was dialled at the duty phone. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';

/** What FreePBX does with `*72` and `*73`, in two lines each. */
const FEATURE_CODES = `[from-internal-custom](+)
exten => _*72X.,1,Answer()
 same => n,Set(DB(CF/\${CALLERID(num)})=\${EXTEN:3})
 same => n,Hangup()
exten => *73,1,Answer()
 same => n,NoOp(\${DB_DELETE(CF/\${CALLERID(num)})})
 same => n,Hangup()
`;

let office: Office;
let service: ServiceProcess;
beforeAll(async () => {
  office = await startOffice({ dialplan: 'freepbx17', sound: false });
  appendFileSync(join(office.pbx.folders.etc, 'extensions.conf'), FEATURE_CODES);
  await office.pbx.manage({ Action: 'Command', Command: 'dialplan reload' });
  service = await startService({ office, sections: { watch: { settings: { afterCode: 2 } } } });
  await service.watching();
});
afterAll(async () => {
  await service?.dispose();
  await office?.stop();
});

/** What the log says of audits and codes, oldest first. */
function told(): readonly unknown[] {
  const lines = service.output().split('\n');
  return lines.flatMap((line): readonly unknown[] => {
    if (!line.includes('"settings-audit"') && !line.includes('"forwarding-code-dialled"')) return [];
    const { code, rules, change, condition } = JSON.parse(line) as Record<string, unknown>;
    return [code === 'settings-audit' ? { code, rules } : { code, change, condition }];
  });
}

it('a forward set at the duty phone is told at once, and found in AstDB soon after; its removal too', async () => {
  const inTime = { timeout: 40_000, interval: 200 };
  // The line has every number of the plan, the faulty ones too.
  await expect.poll(told, inTime).toHaveLength(1);
  const [atFirst] = told() as readonly { rules: readonly string[] }[];
  expect(atFirst?.rules).toContain('queue-with-music');
  expect(atFirst?.rules).not.toContain('call-forward');

  await (await office.phones[1001].call('*72913900001111')).reached('ended');
  await expect.poll(told, inTime).toHaveLength(3);
  expect(told().slice(1)).toEqual([
    { code: 'forwarding-code-dialled', change: 'set', condition: 'always' },
    { code: 'settings-audit', rules: expect.arrayContaining(['call-forward']) },
  ]);

  await (await office.phones[1001].call('*73')).reached('ended');
  await expect.poll(told, inTime).toHaveLength(5);
  expect(told()[3]).toEqual({ code: 'forwarding-code-dialled', change: 'removed', condition: 'always' });
  expect(told()[4]).toEqual(atFirst);
}, 120_000);
