import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../src/web/password.ts';

it('makes PHC text that other argon2 programs read, another each time', async () => {
  const [one, two] = await Promise.all([hashPassword('值班室-7'), hashPassword('值班室-7')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(two).not.toBe(one);
  expect(await verifyPassword('值班室-7', one)).toBe('right');
  expect(await verifyPassword('值班室-8', one)).toBe('wrong');
});

it('reads a hash made elsewhere with other parameters', async () => {
  // RFC 9106 type 2, made by the reference implementation: m=65536, t=2, p=1, salt "somesalt".
  const known = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await verifyPassword('password', known)).toBe('right');
});

it('takes full-width digits for the digits they are', async () => {
  expect(await verifyPassword('duty-７', await hashPassword('duty-7'))).toBe('right');
});

it.each([
  null,
  '',
  'plain text',
  '$argon2id$',
  '$argon2i$v=19$m=1,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
])('never takes the stored %j for right', async (stored) => {
  expect(await verifyPassword('', stored)).toBe('wrong');
  expect(await verifyPassword('plain text', stored)).toBe('wrong');
});

it('costs as much for nobody as for somebody', async () => {
  const stored = await hashPassword('duty-room-7');
  // In processor time: on a loaded machine a clock measures who else is at it.
  const time = async (hash: string | null): Promise<number> => {
    const began = process.cpuUsage();
    for (let round = 0; round < 5; round += 1) await verifyPassword('guess', hash);
    const { user, system } = process.cpuUsage(began);
    return user + system;
  };
  await time(stored);
  const [known, unknown] = [await time(stored), await time(null)];
  expect(unknown / known).toBeGreaterThan(0.4);
  expect(unknown / known).toBeLessThan(2.5);
});

it('turns a flood away instead of queueing it without end', async () => {
  const verdicts = await Promise.all(Array.from({ length: 60 }, () => verifyPassword('guess', null)));
  expect(verdicts.filter((verdict) => verdict === 'busy').length).toBeGreaterThan(20);
  expect(verdicts).toContain('wrong');
});
