import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAmiManager, DEFAULT_TIMING } from '../../../src/asterisk/control/ami-manager.ts';
import { createControlSession } from '../../../src/asterisk/control/control-session.ts';
import {
  createRecorderSession,
  RECORDING_ID_VARIABLE,
} from '../../../src/asterisk/control/recorder-session.ts';
import { type OneAsterisk, oneAsterisk } from './one-asterisk.ts';
import { whenUp } from './when-up.ts';
import { openWireTap, type WireTap } from './wire-tap.ts';

/** What goes over the wire is counted: on a loaded machine a test may last until the first Ping. */
const WITHOUT_PING = { ...DEFAULT_TIMING, pingEveryMs: 600_000 };

describe.each([22, 16] as const)('the recorder log-in on Asterisk %i', (major) => {
  let bed: OneAsterisk;
  let wire: WireTap;

  beforeAll(async () => {
    bed = await oneAsterisk(major);
    wire = await openWireTap(bed.pbx.address);
  });
  afterAll(async () => {
    await wire.close();
    await bed.close();
  });

  const access = (account: string, port: number) => ({
    host: '127.0.0.1',
    port,
    tls: null,
    username: account,
    secret: `${account}-secret`,
  });

  it('records a talking channel in three files, stops what was heard before, and says nothing else on the wire', async () => {
    const uniqueid = await bed.placeCall();
    const upstream = await openWireTap(bed.pbx.address);
    const manager = createAmiManager(access('recorder', wire.port), () => undefined, WITHOUT_PING);
    const controlManager = createAmiManager(access('control', upstream.port), () => undefined);
    await Promise.all([whenUp(manager), whenUp(controlManager)]);
    const recorder = createRecorderSession(manager, bed.pbx.folders.recordings);
    const control = createControlSession(controlManager);

    const talk = await recorder.start({ uniqueid, part: 'talk', mark: 1, end: 'outside' });
    const before = await recorder.start({ uniqueid, part: 'before-answer', mark: 1, end: 'outside' });
    expect([talk.ok, before.ok]).toEqual([true, true]);
    const names = ['-1.wav', '-1-before.wav', '-1-caller.wav', '-1-desk.wav'].map(
      (end) => `${uniqueid}${end}`,
    );
    await expect
      .poll(() => names.every((name) => existsSync(join(bed.pbx.folders.recordings, name))), {
        timeout: 5_000,
      })
      .toBe(true);

    const id = await control.getVariable(uniqueid, RECORDING_ID_VARIABLE);
    expect(id.ok && id.value).toMatch(/^(0x)?[0-9a-f]+$/);
    expect(await recorder.stop(uniqueid, id.ok ? id.value : '')).toEqual({ ok: true, value: null });

    await Promise.all([manager.stop(), controlManager.stop(), upstream.close()]);
  });

  it('refuses everything that is not a Uniqueid, a mark or a MixMonitor id, and sends nothing', async () => {
    const manager = createAmiManager(access('recorder', wire.port), () => undefined, WITHOUT_PING);
    await whenUp(manager);
    const recorder = createRecorderSession(manager, bed.pbx.folders.recordings);
    const before = wire.said().length;
    const hostile = [
      '',
      '1795452315',
      '1795452315.0\r\nCommand: id',
      '1795452315.0\nCommand: id',
      'PJSIP/telco-00000000',
      '../../etc/1.2',
      '1.2)t(/etc/passwd',
      '1.2 ',
      'sys-1795452315.0',
      '１７９５.０',
      `${'9'.repeat(13)}.1`,
    ];
    for (const uniqueid of hostile) {
      for (const part of ['talk', 'before-answer'] as const) {
        const answer = await recorder.start({ uniqueid, part, mark: 1, end: 'outside' });
        expect(answer).toMatchObject({ ok: false, trouble: { code: 'ami-unsafe-value' } });
        expect(recorder.pathOf({ uniqueid, part, mark: 1, end: 'outside' })).toBeNull();
      }
      expect(await recorder.stop(uniqueid, '0x1')).toMatchObject({ ok: false });
    }
    for (const mark of [Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY]) {
      expect(await recorder.start({ uniqueid: '1.2', part: 'talk', mark, end: 'outside' })).toMatchObject({
        ok: false,
      });
    }
    for (const id of ['', '1\r\nCommand: id', '*', '0x', 'all']) {
      expect(await recorder.stop('1.2', id)).toMatchObject({ ok: false });
    }
    expect(wire.said().length).toBe(before);
    await manager.stop();
  });

  it('has let only MixMonitor and StopMixMonitor out, with a file of base and digits', () => {
    const packets = wire.said().split('\r\n\r\n').filter(Boolean);
    const base = bed.pbx.folders.recordings.replaceAll(/[.]/g, '\\.');
    const stem = `${base}/\\d+\\.\\d+-\\d+`;
    const allowed = [
      /^Action: login\r\nActionID: \d+\r\nEvent: off\r\nSecret: recorder-secret\r\nUsername: recorder$/,
      /^Action: Events\r\nActionID: [\w-]+\r\nEventmask: off$/,
      new RegExp(
        `^Action: MixMonitor\\r\\nActionID: [\\w-]+\\r\\nChannel: \\d+\\.\\d+\\r\\nFile: ${stem}\\.wav\\r\\nOptions: bSr\\(${stem}-caller\\.wav\\)t\\(${stem}-desk\\.wav\\)$`,
      ),
      new RegExp(
        `^Action: MixMonitor\\r\\nActionID: [\\w-]+\\r\\nChannel: \\d+\\.\\d+\\r\\nFile: ${stem}-before\\.wav\\r\\nOptions: i\\(${RECORDING_ID_VARIABLE}\\)$`,
      ),
      /^Action: StopMixMonitor\r\nActionID: [\w-]+\r\nChannel: \d+\.\d+\r\nMixmonitorid: (0x)?[0-9a-f]+$/,
    ];
    expect(packets.filter((packet) => !allowed.some((shape) => shape.test(packet)))).toEqual([]);
    expect(packets.filter((packet) => packet.startsWith('Action: MixMonitor'))).toHaveLength(2);
    expect(packets.filter((packet) => packet.startsWith('Action: StopMixMonitor'))).toHaveLength(1);
  });

  it('says in words that the class system is missing', async () => {
    const manager = createAmiManager(access('recorder-no-system', wire.port), () => undefined);
    await whenUp(manager);
    const recorder = createRecorderSession(manager, bed.pbx.folders.recordings);
    const answer = await recorder.start({ uniqueid: '1.2', part: 'talk', mark: 1, end: 'outside' });
    expect(answer).toMatchObject({ ok: false, trouble: { code: 'ami-missing-privilege' } });
    expect(readdirSync(bed.pbx.folders.recordings).filter((name) => name.startsWith('1.2'))).toEqual([]);
    await manager.stop();
  });
});

describe('the base folder of the recorder', () => {
  it.each(['monitor', '/var/../etc', '/a b', '/a\r\nCommand: id', '/a,b', '/a)t(b', ''])(
    'is refused as %j',
    (base) => {
      const manager = createAmiManager(
        { host: '127.0.0.1', port: 9, tls: null, username: 'a', secret: 'b' },
        () => undefined,
      );
      expect(() => createRecorderSession(manager, base)).toThrow(/recording base/);
      return manager.stop();
    },
  );
});
