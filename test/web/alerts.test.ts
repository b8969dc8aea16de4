/** Alerts on their way: kept before they are sent, repeated until taken, one line of the log for each receiver. */
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Suspicion } from '../../src/diagnosis/suspicion.ts';
import { createCommitQueue } from '../../src/storage/commit-queue.ts';
import { newId } from '../../src/storage/new-id.ts';
import { createAlertSender } from '../../src/web/alert-sender.ts';
import { createMail, type MailOptions } from '../../src/web/mail.ts';
import type { AlertBody } from '../../src/web/protocol/alert-view.ts';
import { createWebhook } from '../../src/web/webhook.ts';
import { ROOM } from '../storage/office.ts';
import { type AlertBed, startAlertBed } from './alert-bed.ts';
import { type MailReceiver, startMailReceiver } from './mail-receiver.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function bedWith(...given: Parameters<typeof startAlertBed>): Promise<AlertBed> {
  const bed = await startAlertBed(...given);
  endings.push(() => bed.close());
  return bed;
}

function alert(zh: string, at = Date.now()): AlertBody {
  return { id: newId(), kind: 'line-unwatched', pbx: 'main', since: at, at, zh, en: 'English' };
}

const FORWARDED: Suspicion = {
  kind: 'forward-setting',
  scope: 'always',
  evidence: { by: 'setting', key: 'CF/1001', value: '13900001111', target: 'mobile', phone: 'PJSIP/1001' },
};
const RANG_LONG: Suspicion = {
  kind: 'rang-long',
  scope: 'always',
  evidence: { by: 'call', what: 'rang', seconds: 22, answered: true },
};

describe('by webhook', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
    endings.push(() => receiver.close());
  });
  const hook = () => createWebhook({ webhook: receiver.address, signingKey: 'k' });

  async function looked(bed: AlertBed, suspicions: readonly Suspicion[]): Promise<void> {
    await bed.intake.work({ type: 'line-looked-at', line: 'line-1', suspicions, checks: [], at: Date.now() });
  }

  it('hears of a new 疑似 once, with the line and never the number it goes to; not of a late answer', async () => {
    const bed = await bedWith([hook()]);
    await looked(bed, [RANG_LONG]);
    await looked(bed, [FORWARDED]);
    await looked(bed, [FORWARDED]);
    const [got] = await receiver.arrivals(1);
    expect(got?.body).toMatchObject({ kind: 'line-suspect', pbx: null });
    expect(got?.body.zh).toBe(
      '市政府总值班室值班电话 0954-2030000 疑似呼转，请值班员在“检测”页核对证据后确认或排除。',
    );
    expect(got?.headers['x-dutyline-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
    expect(got?.text).not.toContain('13900001111');
    bed.alerts.send(alert('之后'));
    expect((await receiver.arrivals(2)).map(({ body }) => body.kind)).toEqual([
      'line-suspect',
      'line-unwatched',
    ]);
  });

  it('gets what a service that was stopped had not brought', async () => {
    receiver.answers.push(500);
    const bed = await bedWith([hook()], { pausesMs: [3_600_000, 3_600_000] });
    const body = alert('停机前');
    bed.alerts.send(body);
    await receiver.arrivals(1);
    await expect.poll(async () => (await bed.alerts.standing())[0]?.answer).toBe('status 500');
    // The pause has passed meanwhile.
    await bed.intake.work({
      ...{ type: 'alert-tried', alert: body.id, channel: 'webhook', state: 'waiting' },
      ...{ answer: 'status 500', at: Date.now(), nextAt: Date.now() },
    });
    await bed.again();
    expect((await receiver.arrivals(2)).map(({ body: one }) => one.id)).toEqual([body.id, body.id]);
  });

  it('is said to fail while it does, with every attempt in the log, and not any more afterwards', async () => {
    receiver.answers.push(503, 503);
    const bed = await bedWith([hook()]);
    bed.alerts.send(alert('一'));
    await receiver.arrivals(3);
    await expect.poll(async () => (await bed.alerts.standing())[0]?.waiting).toBe(0);
    expect(await bed.alerts.standing()).toEqual([
      { channel: 'webhook', waiting: 0, failingSince: null, answer: null },
    ]);
    const [logged] = await bed.store.alertLog([ROOM], true, 10);
    expect(logged).toMatchObject({
      zh: '一',
      deliveries: [{ channel: 'webhook', state: 'delivered', attempts: 3, answer: null }],
    });
  });

  it('hears of it also when the database takes nothing', async () => {
    const bed = await bedWith([]);
    const logged: string[] = [];
    const alerts = createAlertSender({
      store: bed.store,
      intake: { work: () => new Promise(() => {}), subscribe: () => () => {} },
      channels: [hook()],
      clock: Date.now,
      log: (level, code) => logged.push(`${level} ${code}`),
    });
    endings.push(() => alerts.close());
    const body = alert('数据库写不进');
    alerts.send(body);
    expect((await receiver.arrivals(1))[0]?.body.id).toBe(body.id);
    expect(logged).toContain('error alert-not-kept');
  });

  describe('while the database reads but takes nothing', () => {
    async function onFullDisk() {
      const bed = await bedWith([]);
      const [logged, disk] = [[] as string[], { full: true }];
      const queue = createCommitQueue({
        store: {
          write: (works) => (disk.full ? Promise.reject(new Error('disk full')) : bed.store.write(works)),
        },
        now: Date.now,
        onCommitted: () => undefined,
        onTrouble: () => undefined,
      });
      const alerts = createAlertSender({
        store: bed.store,
        intake: { work: (work) => queue.push(work), subscribe: () => () => undefined },
        channels: [hook()],
        clock: Date.now,
        log: (level, code) => logged.push(`${level} ${code}`),
        ...{ keepWithinMs: 20, lookMs: 20, pausesMs: [10] },
      });
      endings.push(async () => {
        await alerts.close();
        await queue.close();
      });
      return { bed, queue, alerts, logged, disk };
    }

    it('an alert that was kept before goes out once, and not again and again', async () => {
      const { bed, queue, alerts, disk } = await onFullDisk();
      const [first, second] = [alert('写满之前'), alert('腾出之后')];
      await bed.intake.work({ type: 'alert-raised', body: first, room: null });
      await receiver.arrivals(1);
      await expect.poll(() => queue.state().failing).not.toBeNull();
      // What would be sent again is sent by now: each of these waits for a look at the alerts.
      for (let looks = 0; looks < 5; looks += 1) await bed.store.nextAlert('webhook', 0);
      disk.full = false;
      alerts.send(second);
      expect((await receiver.arrivals(2)).map(({ body }) => body.id)).toEqual([first.id, second.id]);
    });

    it('an alert of that time goes out at once, and to who was away then when it is kept', async () => {
      receiver.answers.push(500);
      const { alerts, logged, disk, queue } = await onFullDisk();
      const body = alert('数据库写不进');
      alerts.send(body);
      expect((await receiver.arrivals(1))[0]?.body.id).toBe(body.id);
      await expect.poll(() => logged).toEqual(['error alert-not-kept', 'warn alert-not-delivered']);
      expect(queue.state().failing).not.toBeNull();
      disk.full = false;
      expect((await receiver.arrivals(2)).map((one) => one.body.id)).toEqual([body.id, body.id]);
      await expect.poll(() => logged.at(-1)).toBe('info alert-delivered');
    });

    it('a code that was dialled then is told when it is back', async () => {
      const { bed, queue, alerts, disk } = await onFullDisk();
      alerts.send(alert('写不进'));
      await expect.poll(() => queue.state().failing).not.toBeNull();
      const kept = queue.push({
        ...{ type: 'line-looked-at', line: 'line-1', suspicions: [FORWARDED], checks: [], at: Date.now() },
      });
      disk.full = false;
      expect(await kept).toMatchObject({ ok: true });
      expect(await bed.store.findingsOfLines(['line-1'], 1)).toMatchObject([{ state: 'suspect' }]);
    });

    it('the service ends all the same', async () => {
      const { bed, queue, alerts } = await onFullDisk();
      await bed.intake.work({ type: 'alert-raised', body: alert('写满之前'), room: null });
      await expect.poll(() => queue.state().failing).not.toBeNull();
      await alerts.close();
      expect(queue.state().waiting).toBe(1);
    });
  });

  it('is given up after a day, and the next one goes out', async () => {
    receiver.answers.push(500);
    let now = Date.now();
    const bed = await bedWith([hook()], { clock: () => now, pausesMs: [1] });
    const began = now;
    now = began + 24 * 3_600_000;
    bed.alerts.send(alert('旧闻', began));
    bed.alerts.send(alert('新闻', now));
    const got = await receiver.arrivals(2);
    expect(got.map(({ body }) => body.zh)).toEqual(['旧闻', '新闻']);
    await expect
      .poll(async () => (await bed.store.alertLog([], true, 10)).map((one) => one.deliveries[0]?.state))
      .toEqual(['delivered', 'given-up']);
  });
});

describe('by e-mail', () => {
  let server: MailReceiver;
  const mail = (more: Partial<MailOptions> = {}) =>
    createMail({
      ...{ host: '127.0.0.1', port: server.port, tls: 'none', ca: null, from: 'zhiban@example.gov.cn' },
      ...{ to: ['leader@example.gov.cn', 'tech@example.gov.cn'], account: null },
      ...more,
    });

  async function open(offers: readonly string[] = [], pem: string | null = null): Promise<void> {
    server = await startMailReceiver(offers, pem);
    endings.push(() => server.close());
  }

  it('the letter names the line in its subject, goes to all, and comes again after a refusal as the same letter', async () => {
    await open();
    server.refusals.push('451 try later');
    const bed = await bedWith([mail()]);
    await bed.intake.work({
      ...{ type: 'line-looked-at', line: 'line-1', suspicions: [FORWARDED], checks: [], at: Date.now() },
    });
    await expect.poll(() => server.letters.length).toBe(1);
    const [letter] = server.letters;
    expect(letter?.from).toBe('zhiban@example.gov.cn');
    expect(letter?.to).toEqual(['leader@example.gov.cn', 'tech@example.gov.cn']);
    expect(letter?.subject).toBe('值班电话告警：市政府总值班室值班电话 0954-2030000 疑似呼转');
    expect(letter?.text).toContain('请值班员在“检测”页核对证据后确认或排除');
    expect(`${letter?.headers}${letter?.text}`).not.toContain('13900001111');
    const [logged] = await bed.store.alertLog([ROOM], false, 10);
    expect(letter?.headers).toContain(`<${logged?.id}@dutyline.invalid>`);
    await expect
      .poll(async () => (await bed.store.alertLog([ROOM], false, 10))[0]?.deliveries)
      .toMatchObject([{ channel: 'mail', state: 'delivered', attempts: 2, answer: null }]);
  });

  it('nothing is sent any more once the service ends', async () => {
    await open();
    expect(await mail().deliver(alert('一'), AbortSignal.abort())).toBe('stopped');
    expect(await mail().deliver(alert('二'), new AbortController().signal)).toBeNull();
    expect(server.letters.map(({ text }) => text)).toEqual([expect.stringContaining('二')]);
  });

  it('a server without TLS never gets the password, and the log says what was wrong', async () => {
    await open(['AUTH PLAIN LOGIN']);
    const account = { user: 'zhiban', password: 'very-secret' };
    const bed = await bedWith([mail({ tls: 'starttls', account })]);
    bed.alerts.send(alert('一'));
    await expect.poll(async () => (await bed.alerts.standing())[0]?.answer).not.toBeNull();
    expect(server.heard.join('\n')).not.toMatch(/AUTH|c2VjcmV0/i);
    expect(server.letters).toEqual([]);
    expect(bed.logged.join('\n')).toContain('alert-not-delivered');
    expect(bed.logged.join('\n')).not.toContain('very-secret');
  });

  it('over TLS the letter and the password go to a server that can prove who it is, and to no other', async () => {
    const made = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    await open(['AUTH PLAIN LOGIN'], `${made.private}\n${made.cert}\n`);
    const account = { user: 'zhiban', password: 'very-secret' };
    const stranger = await bedWith([mail({ tls: 'implicit', account })]);
    stranger.alerts.send(alert('一'));
    await expect.poll(async () => (await stranger.alerts.standing())[0]?.answer).not.toBeNull();
    expect(server.heard).toEqual([]);
    const known = await bedWith([mail({ tls: 'implicit', ca: made.cert, account })]);
    known.alerts.send(alert('二'));
    await expect.poll(() => server.letters.length).toBe(1);
    expect(server.letters[0]?.text).toContain('二');
    expect(server.heard.join('\n')).toContain(Buffer.from('\0zhiban\0very-secret').toString('base64'));
  });

  it('a text with line breaks and headers in it makes no header of its own', async () => {
    await open();
    const bed = await bedWith([mail()]);
    bed.alerts.send(alert('一\r\nBcc: evil@example.org\r\n\r\n二'));
    await expect.poll(() => server.letters.length).toBe(1);
    expect(server.letters[0]?.to).not.toContain('evil@example.org');
    expect(server.letters[0]?.headers).not.toMatch(/^bcc:/im);
  });

  it('a receiver that fails holds up no other', async () => {
    await open();
    const receiver = await startReceiver();
    endings.push(() => receiver.close());
    receiver.answers.push(0);
    const hook = createWebhook({ webhook: receiver.address, signingKey: null, timeoutMs: 30_000 });
    const bed = await bedWith([hook, mail()]);
    bed.alerts.send(alert('一'));
    await expect.poll(() => server.letters.length).toBe(1);
    await expect
      .poll(async () => (await bed.alerts.standing()).map(({ waiting }) => waiting))
      .toEqual([1, 0]);
  });
});
