/** A forwarded call on a real PBX, told outwards by the service as an office starts it: by webhook and by e-mail. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { type MailReceiver, startMailReceiver } from '../web/mail-receiver.ts';
import { type Receiver, startReceiver } from '../web/receiver.ts';

let office: Office;
let receiver: Receiver;
let mail: MailReceiver;
let service: ServiceProcess;
beforeAll(async () => {
  office = await startOffice({ sound: false });
  await office.setDb('CF', '1001', OUTSIDE.mobile);
  receiver = await startReceiver();
  mail = await startMailReceiver();
  service = await startService({
    office,
    // Behind others of the bed's numbers music is planted, which is a question of its own.
    dids: [DID.straightToTrunk],
    env: { ALERT_KEY: 'k' },
    sections: {
      alerts: {
        webhook: receiver.address,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what people write into the file
        signingKey: '${ALERT_KEY}',
        mail: {
          ...{ host: '127.0.0.1', port: mail.port, tls: 'none' },
          ...{ from: 'zhiban@example.gov.cn', to: ['leader@example.gov.cn'] },
        },
      },
    },
  });
  await service.watching();
});
afterAll(async () => {
  await service?.dispose();
  await mail?.close();
  await receiver?.close();
  await office?.stop();
});

it('webhook and mailbox hear of the line, once, and not of who called or where the call went', async () => {
  // The first letter is refused for now, and comes again.
  mail.refusals.push('450 busy');
  for (let turn = 0; turn < 2; turn += 1) {
    const call = await office.telco.call(DID.straightToTrunk, { number: OUTSIDE.caller });
    await call.reached('answered');
    call.hangUp();
    await call.reached('ended');
  }
  // CF is read some seconds after the connection, and says the same of the line as its calls do.
  await expect.poll(() => service.output()).toContain('settings-audit');
  const [got] = await receiver.arrivals(1);
  expect(got?.body).toMatchObject({ kind: 'line-suspect', pbx: null });
  expect(got?.body.zh).toContain('区政府值班室值班电话 0954-2030001 疑似呼转');
  expect(got?.headers['x-dutyline-signature']).toMatch(/^sha256=/);
  await expect.poll(() => mail.letters.length, { timeout: 20_000 }).toBe(1);
  const [letter] = mail.letters;
  expect(letter?.subject).toContain('0954-2030001 疑似呼转');
  expect(letter?.to).toEqual(['leader@example.gov.cn']);
  for (const text of [got?.text ?? '', `${letter?.headers}${letter?.text}`]) {
    expect(text).not.toContain(OUTSIDE.mobile);
    expect(text).not.toContain(OUTSIDE.caller);
  }
  expect(await receiver.arrivals(1)).toHaveLength(1);
});
