import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dueOnDay } from '../../src/service/file-care.ts';
import { docx, pdf } from '../documents/attachment-files.ts';
import { onBothBackEnds } from '../storage/back-ends.ts';
import { ROOM } from '../storage/office.ts';
import { type Browser, loggedIn, newOpId } from '../web/browser.ts';
import { PASSWORD } from '../web/web-bed.ts';
import { type RunningService, startRunningService } from './running-service.ts';

const RECORD = '0190a000-0000-7000-8000-00000000000a';

function filesOf(folder: string, id: string): readonly string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => basename(name).startsWith(id));
}

async function attached(running: RunningService, leader: Browser, content: Buffer): Promise<string> {
  const query = new URLSearchParams({ name: '报告.pdf', op: newOpId() });
  const answer = await leader.fetch(`/api/records/${RECORD}/attachments?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', origin: running.base },
    body: new Uint8Array(content),
  });
  expect(answer.status).toBe(201);
  const { attachment } = (await answer.json()) as { attachment: string };
  await expect.poll(() => filesOf(running.copy, attachment).length, { timeout: 20_000 }).toBe(1);
  return attachment;
}

const post = (leader: Browser, path: string, body: object) =>
  leader.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: leader.base },
    body: JSON.stringify(body),
  });

onBothBackEnds((backEnd) => {
  describe('附件 in the whole service', () => {
    it('are copied, brought back by the command, and gone from everywhere once removed or destroyed', async () => {
      const running = await startRunningService(await backEnd.freshDatabase());
      try {
        const opened = await running.service.intake.command(
          { type: 'open-by-hand', opId: 'open', record: RECORD, room: ROOM },
          { account: 'a-leader', person: null, seat: null },
        );
        expect(opened.ok).toBe(true);
        const leader = await loggedIn(running.base, 'leader');
        const [one, two, three] = [
          await attached(running, leader, pdf('一')),
          await attached(running, leader, pdf('二')),
          await attached(running, leader, docx()),
        ];

        // Lost here, altered there: the command brings both back, and says so.
        const [lost] = filesOf(running.recordings, one);
        const [altered] = filesOf(running.recordings, two);
        rmSync(join(running.recordings, lost ?? ''));
        writeFileSync(join(running.recordings, altered ?? ''), 'something else');
        const verified = await running.command(['recordings', 'verify', '--json']);
        expect(verified.code).toBe(1);
        expect(JSON.parse(verified.output)).toMatchObject({
          attachments: { checked: 3, missing: [one], altered: [two], uncopied: [] },
        });
        const restored = await running.command(['recordings', 'restore', '--json']);
        expect(JSON.parse(restored.output)).toMatchObject({ attachments: { restored: [one, two].sort() } });
        expect((await running.command(['recordings', 'verify'])).code).toBe(0);
        expect(readFileSync(join(running.recordings, lost ?? '')).includes('%PDF-')).toBe(true);

        expect((await post(leader, `/api/attachments/${one}/remove`, { reason: '传错了' })).status).toBe(204);
        const everywhere = (id: string) =>
          [running.recordings, running.copy].flatMap((folder) => filesOf(folder, id));
        await expect.poll(() => everywhere(one), { timeout: 20_000 }).toEqual([]);
        expect(everywhere(two).length).toBeGreaterThan(1);

        const destroyed = await post(leader, `/api/shut/${RECORD}/destroy`, {
          reason: '涉密',
          login: 'supervisor',
          password: PASSWORD,
          totp: null,
        });
        expect(destroyed.status).toBe(204);
        // Also the altered file that was put aside.
        await expect.poll(() => [two, three].flatMap(everywhere), { timeout: 20_000 }).toEqual([]);
        await expect
          .poll(async () => (await running.service.store.auditOf(three)).map(({ kind }) => kind), {
            timeout: 20_000,
          })
          .toContain('attachment-erased');
      } finally {
        await running.stop();
        running.dispose();
      }
    });
  });
});

it('each attachment is read again once within so many days', () => {
  const ids = Array.from(
    { length: 500 },
    (_, n) => `0190a000-0000-7000-8000-0000${(n * 7_919).toString(16).padStart(8, '0')}`,
  );
  for (const id of ids) {
    const nights = Array.from({ length: 30 }, (_, day) => dueOnDay(id, 20_000 + day, 30)).filter(Boolean);
    expect(nights).toHaveLength(1);
  }
});
