import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createAmiManager,
  DEFAULT_TIMING,
  type LinkState,
  type ManagerAccess,
} from '../../../src/asterisk/control/ami-manager.ts';
import { createControlSession } from '../../../src/asterisk/control/control-session.ts';
import { type OneAsterisk, oneAsterisk } from './one-asterisk.ts';
import { whenUp } from './when-up.ts';
import { openWireTap } from './wire-tap.ts';

const QUICK = {
  ...DEFAULT_TIMING,
  answerWithinMs: 1_500,
  pingEveryMs: 300,
  firstRetryMs: 50,
  longestRetryMs: 200,
};

describe.each([22, 16] as const)('the control log-in on Asterisk %i', (major) => {
  let bed: OneAsterisk;
  let plain: ManagerAccess;

  beforeAll(async () => {
    bed = await oneAsterisk(major);
    plain = { host: bed.pbx.address, port: 5038, tls: null, username: 'control', secret: 'control-secret' };
    await bed.pbx.manage({ Action: 'DBPut', Family: 'CF', Key: '1001', Val: '13900001111' });
  });
  afterAll(() => bed.close());

  it('reads variables, AstDB, dialplan and living channels', async () => {
    const manager = createAmiManager(plain, () => undefined);
    await whenUp(manager);
    const control = createControlSession(manager);
    expect(await control.getGlobal('MIXMON_FORMAT')).toEqual({ ok: true, value: 'wav' });
    expect(await control.getGlobal('NOT_SET')).toEqual({ ok: true, value: '' });
    expect(await control.dbGet('CF', '1001')).toEqual({ ok: true, value: '13900001111' });
    expect(await control.dbGet('CF', '1002')).toEqual({ ok: true, value: null });

    const steps = await control.showDialPlan('talk', null);
    expect(
      steps.ok && steps.value.map(({ priority, application, appData }) => [priority, application, appData]),
    ).toEqual([
      ['1', 'Answer', ''],
      ['2', 'Dial', 'Local/s@tone/n'],
    ]);
    expect(await control.showDialPlan('nowhere', null)).toEqual({ ok: true, value: [] });

    const uniqueid = await bed.placeCall();
    const channels = await control.status(['CHANNEL(state)']);
    const ours = channels.ok ? channels.value.find((row) => row.uniqueid === uniqueid) : undefined;
    expect(ours?.variables.get('CHANNEL(state)')).toBe('Up');
    expect(ours?.bridge).not.toBeNull();
    expect(await control.getVariable(uniqueid, 'CHANNEL(state)')).toEqual({ ok: true, value: 'Up' });
    expect(await control.getVariable('1.1', 'CHANNEL(state)')).toMatchObject({
      ok: false,
      trouble: { code: 'ami-refused' },
    });

    await manager.stop();
    expect(await control.getGlobal('MIXMON_FORMAT')).toMatchObject({
      ok: false,
      trouble: { code: 'ami-not-connected' },
    });
  });

  it('keeps its hands off passwords, files, shells and header injection', async () => {
    const wire = await openWireTap(bed.pbx.address);
    const manager = createAmiManager({ ...plain, host: '127.0.0.1', port: wire.port }, () => undefined);
    await whenUp(manager);
    const control = createControlSession(manager);
    expect(await control.getGlobal('MIXMON_FORMAT')).toMatchObject({ ok: true });
    const before = wire.said().length;
    const forbidden = [
      'AMPDBPASS',
      'AMPMGRUSER',
      'DB(CF/1001)',
      'FILE(/etc/passwd)',
      'SHELL(id)',
      'X\r\nAction: Logoff',
      'A,B',
      '',
    ];
    for (const variable of forbidden) {
      expect(await control.getGlobal(variable)).toMatchObject({
        ok: false,
        trouble: { code: 'ami-unsafe-value' },
      });
    }
    expect(await control.getVariable('PJSIP/x\r\nAction: Logoff', 'CHANNEL(state)')).toMatchObject({
      ok: false,
    });
    expect(await control.dbGet('CF', 'a\0b')).toMatchObject({
      ok: false,
      trouble: { code: 'ami-unsafe-value' },
    });
    expect(await control.status(['AMPDBPASS'])).toMatchObject({ ok: false });
    expect(wire.said().length).toBe(before);
    await manager.stop();
    await wire.close();
  });

  it('says what class is missing', async () => {
    const manager = createAmiManager(
      { ...plain, username: 'control-no-reporting', secret: 'control-no-reporting-secret' },
      () => undefined,
    );
    await whenUp(manager);
    const answer = await createControlSession(manager).dbGet('CF', '1001');
    expect(answer).toMatchObject({ ok: false, trouble: { code: 'ami-missing-privilege' } });
    await manager.stop();
  });

  it.each([
    ['a wrong password', { secret: 'wrong' }, 'ami-wrong-password'],
    ['a port where nobody listens', { port: 9 }, 'ami-unreachable'],
    ['a TLS port spoken to in plain', { port: 5039 }, 'ami-not-asterisk'],
    ['a plain port spoken to by TLS', { tls: { caFile: null, fingerprint256: null } }, 'ami-tls-failed'],
    ['an unknown certificate', { port: 5039, tls: { caFile: null, fingerprint256: null } }, 'ami-tls-failed'],
    [
      'another certificate than the pinned',
      { port: 5039, tls: { caFile: null, fingerprint256: 'ab'.repeat(32) } },
      'ami-tls-failed',
    ],
  ])('names the reason for %s', async (_case, difference, code) => {
    const states: LinkState[] = [];
    const manager = createAmiManager({ ...plain, ...difference }, (state) => states.push(state), {
      ...QUICK,
      connectWithinMs: 1_500,
    });
    await expect
      .poll(() => states.find((state) => state.state === 'down'), { timeout: 8_000 })
      .toMatchObject({
        trouble: { code },
      });
    await manager.stop();
  });

  it('speaks TLS to a pinned certificate', async () => {
    const pem = readFileSync(join(bed.pbx.folders.etc, 'ami.pem'), 'utf8');
    const certificate = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE')));
    const tls = { caFile: null, fingerprint256: certificate.fingerprint256 };
    const manager = createAmiManager({ ...plain, port: 5039, tls }, () => undefined);
    await whenUp(manager);
    expect(await createControlSession(manager).getGlobal('MIXMON_FORMAT')).toEqual({
      ok: true,
      value: 'wav',
    });
    await manager.stop();
  });

  it('fails what waits when the link is cut', async () => {
    const wire = await openWireTap(bed.pbx.address);
    const states: string[] = [];
    const manager = createAmiManager(
      { ...plain, host: '127.0.0.1', port: wire.port },
      ({ state }) => states.push(state),
      {
        ...QUICK,
        pingEveryMs: 60_000,
      },
    );
    await whenUp(manager);
    wire.freeze();
    const waiting = createControlSession(manager).getGlobal('MIXMON_FORMAT');
    wire.cut();
    expect(await waiting).toMatchObject({ ok: false, trouble: { code: 'ami-connection-lost' } });
    expect(states).toContain('down');
    await manager.stop();
    await wire.close();
  });

  it('notices a silent link by its own Ping and logs in anew', async () => {
    const wire = await openWireTap(bed.pbx.address);
    const states: LinkState[] = [];
    const manager = createAmiManager(
      { ...plain, host: '127.0.0.1', port: wire.port },
      (state) => states.push(state),
      QUICK,
    );
    await whenUp(manager);
    wire.freeze();
    await expect
      .poll(() => states.find((state) => state.state === 'down'), { timeout: 8_000 })
      .toMatchObject({
        trouble: { code: 'ami-no-answer' },
      });
    await expect.poll(() => wire.connections(), { timeout: 8_000 }).toBeGreaterThan(1);
    await manager.stop();
    await wire.close();
  });

  it('is neither ended nor hung by forged packets', async () => {
    const wire = await openWireTap(bed.pbx.address);
    const states: string[] = [];
    const manager = createAmiManager({ ...plain, host: '127.0.0.1', port: wire.port }, ({ state }) =>
      states.push(state),
    );
    await whenUp(manager);
    const names = [
      'rawevent',
      'close',
      'error',
      'end',
      'connect',
      'managerevent',
      '__proto__',
      'constructor',
    ];
    for (const name of names) {
      wire.forge(`Event: ${name}\r\nConstructor: x\r\n__proto__: y\r\n\r\n`);
      wire.forge(`Response: Success\r\nActionID: ${name}\r\nMessage: Authentication accepted\r\n\r\n`);
    }
    expect(await createControlSession(manager).getGlobal('MIXMON_FORMAT')).toEqual({
      ok: true,
      value: 'wav',
    });
    expect(states).toEqual(['up']);
    await manager.stop();
    await wire.close();
  });
});
