import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AmiManager, createAmiManager } from '../../src/asterisk/control/ami-manager.ts';
import { createControlSession } from '../../src/asterisk/control/control-session.ts';
import { compareExtensions, matcherOf, sampleOf } from '../../src/diagnosis/dialplan-pattern.ts';
import { whenUp } from '../asterisk/control/when-up.ts';
import { type AsteriskInstance, startAsterisk } from '../bed/asterisk.ts';
import { type Loopback, reserveLoopback } from '../bed/loopback.ts';

// In an order that is nobody's.
const NAMES = [
  '_.',
  '_X.',
  '_X!',
  '_XXXX',
  '_9X.',
  '_9[1-5-9]X.',
  '_NXX!',
  '_ZXX',
  '_1XX',
  '_1XXX',
  '_1[3-9]XXXXXXXXX',
  '_[12]XX',
  '_[13]XX',
  '_[1-3]00',
  '_10!',
  '_10.',
  '_100',
  '100',
  '1-0-1',
  '_1-0-2',
  's-BUSY',
  '_s-.',
  's',
  'i',
  '*72',
  '_*72.',
  '_[+*]X.',
  '_x9z',
  '09542030001',
  '_0954203000[0-24-9]',
  '_0954203XXXX',
];
const NUMBERS = [
  '100',
  '101',
  '102',
  '110',
  '119',
  '200',
  '300',
  '1000',
  '1001',
  '10',
  '1',
  '9',
  '91',
  '9139',
  '99',
  '95-55',
  '13900001111',
  '913900001111',
  's',
  's-BUSY',
  's-NOANSWER',
  'i',
  '*72',
  '*72139',
  '*7',
  '+8613900001111',
  '09542030001',
  '09542030003',
  '09542031234',
  'abc',
];

describe.each([22, 16] as const)('extensions of Asterisk %i', (major) => {
  let loopback: Loopback;
  let pbx: AsteriskInstance;
  let manager: AmiManager;

  beforeAll(async () => {
    loopback = await reserveLoopback();
    const dialplan = ['[general]', '[order]', ...NAMES.map((name) => `exten => ${name},1,NoOp()`), ''].join(
      '\n',
    );
    pbx = await startAsterisk({
      major,
      address: loopback.address(1),
      files: () => ({ 'extensions.conf': dialplan }),
    });
    manager = createAmiManager(
      { host: pbx.address, port: 5038, tls: null, username: 'control', secret: 'control-secret' },
      () => undefined,
    );
    await whenUp(manager);
  });
  afterAll(async () => {
    await manager.stop();
    await pbx.dispose();
    await loopback.release();
  });

  const told = async (number: string | null): Promise<readonly (string | null)[]> => {
    const answer = await createControlSession(manager).showDialPlan('order', number);
    return answer.ok ? answer.value.map(({ extension }) => extension) : [answer.trouble.en];
  };

  it('are tried in the order that we try them', async () => {
    expect(await told(null)).toEqual(NAMES.toSorted(compareExtensions));
  });

  it.each(NUMBERS)('take %s as ours do, best first', async (number) => {
    const ours = NAMES.filter((name) => matcherOf(name)(number)).toSorted(compareExtensions);
    expect(await told(number)).toEqual(ours);
  });
});

it('a sample of a pattern is a number that it takes', () => {
  for (const name of NAMES) expect([name, matcherOf(name)(sampleOf(name))]).toEqual([name, true]);
});
