import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAmiManager } from '../../src/asterisk/control/ami-manager.ts';
import { createControlSession } from '../../src/asterisk/control/control-session.ts';
import { createRecorderSession, RECORDING_ID_VARIABLE } from '../../src/asterisk/control/recorder-session.ts';
import { type DemoPbx, startDemoPbx } from '../../src/demo/demo-pbx.ts';
import { readWavHeader } from '../../src/recordings/wav-header.ts';
import { whenUp } from '../asterisk/control/when-up.ts';
import { type AmiTap, openTap } from '../bed/ami-tap.ts';

let demo: DemoPbx;
let tap: AmiTap;

beforeAll(async () => {
  demo = await startDemoPbx({ now: Date.now, automatic: false });
  tap = await openTap({ host: demo.host, port: demo.port, ...demo.account });
});
afterAll(async () => {
  await tap.close();
  await demo.stop();
});

describe('the demonstration PBX', () => {
  it('places its first call by itself within 3 s', async () => {
    const other = await startDemoPbx({ now: Date.now });
    const listener = await openTap({ host: other.host, port: other.port, ...other.account });
    const first = await listener.waitFor('a call', (packet) => packet.Event === 'Newchannel', 3_000);
    expect(first).toMatchObject({ Exten: '09542035678', Context: 'from-telco', ChannelStateDesc: 'Ring' });
    await listener.close();
    await other.stop();
    expect(existsSync(other.recordingsBase)).toBe(false);
  });

  it('keeps what was recorded over a restart in a folder of its own, but nothing old', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dutyline-demo-folder-'));
    for (const name of ['1795452315.1-1.wav', '1795452315.2-1-before.wav', 'not-ours.wav']) {
      writeFileSync(join(folder, name), '');
    }
    const old = new Date(Date.now() - 3_600_000);
    for (const name of ['1795452315.2-1-before.wav', 'not-ours.wav'])
      utimesSync(join(folder, name), old, old);
    const other = await startDemoPbx({ now: Date.now, automatic: false, folder });
    expect(other.recordingsBase).toBe(folder);
    await other.stop();
    expect(readdirSync(folder)).toEqual(['1795452315.1-1.wav', 'not-ours.wav']);
    rmSync(folder, { recursive: true });
  });

  it('offers every story and knows no other', () => {
    expect(demo.stories.map(({ id }) => id)).toEqual([
      'answered',
      'colour-ringback',
      'forwarded',
      'missed',
      'transferred',
      'busy',
      'outbound',
    ]);
    expect(demo.simulate('no-such-story')).toBe(false);
  });

  it('tells a call of now, lets it be recorded, and leaves files as MixMonitor does', async () => {
    const access = { host: demo.host, port: demo.port, tls: null, ...demo.account };
    const managers = [
      createAmiManager(access, () => undefined),
      createAmiManager(access, () => undefined),
    ] as const;
    await Promise.all(managers.map(whenUp));
    const recorder = createRecorderSession(managers[0], demo.recordingsBase);
    const control = createControlSession(managers[1]);

    const began = Date.now();
    expect(demo.simulate('colour-ringback')).toBe(true);
    const arrived = await tap.waitFor(
      'the call',
      (packet) => packet.Event === 'Newchannel' && packet.Exten === '09542035678',
    );
    const uniqueid = arrived.Uniqueid ?? '';
    expect(Math.abs(Number(arrived.Timestamp) * 1_000 - began)).toBeLessThan(500);
    expect(Math.abs(Number.parseInt(uniqueid, 10) * 1_000 - began)).toBeLessThan(1_500);

    expect(await recorder.start({ uniqueid, part: 'talk', mark: 1, end: 'outside' })).toMatchObject({
      ok: true,
    });
    expect(await recorder.start({ uniqueid, part: 'before-answer', mark: 1, end: 'outside' })).toMatchObject({
      ok: true,
    });
    await tap.waitFor(
      'its file',
      (packet) => packet.Variable === 'MIXMONITOR_FILENAME' && packet.Uniqueid === uniqueid,
    );
    const listed = await tap.action({ Action: 'CoreShowChannels' });
    expect(listed.EventList).toBe('start');
    await tap.waitFor(
      'the list',
      (packet) => packet.Event === 'CoreShowChannel' && packet.Uniqueid === uniqueid,
    );

    await tap.waitFor(
      'the bridge',
      (packet) => packet.Event === 'BridgeEnter' && packet.Uniqueid === uniqueid,
    );
    const id = await control.getVariable(uniqueid, RECORDING_ID_VARIABLE);
    expect(await recorder.stop(uniqueid, id.ok ? id.value : '')).toMatchObject({ ok: true });
    await tap.waitFor(
      'the end',
      (packet) => packet.Event === 'Hangup' && packet.Uniqueid === uniqueid,
      30_000,
    );

    const seconds = Object.fromEntries(
      readdirSync(demo.recordingsBase).map((name) => {
        const bytes = readFileSync(join(demo.recordingsBase, name));
        const reading = readWavHeader(bytes, bytes.length);
        return [
          name.replace(uniqueid, ''),
          reading.kind === 'sound' && reading.repair === null ? reading.seconds : null,
        ];
      }),
    );
    expect(Object.keys(seconds).sort()).toEqual(['-1-before.wav', '-1-caller.wav', '-1-desk.wav', '-1.wav']);
    expect(seconds['-1.wav']).toBeGreaterThan(8);
    expect(seconds['-1.wav']).toBeLessThan(10);
    expect(seconds['-1-before.wav']).toBeGreaterThan(6);
    expect(seconds['-1-before.wav']).toBeLessThan(8);
    await Promise.all(managers.map((manager) => manager.stop()));
  }, 60_000);

  it('gives two calls of one story names of their own and ends each channel it began', async () => {
    const before = tap.events().length;
    expect([demo.simulate('busy'), demo.simulate('busy')]).toEqual([true, true]);
    await expect
      .poll(
        () =>
          tap
            .events()
            .slice(before)
            .filter((packet) => packet.Event === 'Hangup').length,
        { timeout: 5_000 },
      )
      .toBe(4);
    const events = tap.events().slice(before);
    const begun = events.filter((packet) => packet.Event === 'Newchannel');
    expect(new Set(begun.map((packet) => packet.Uniqueid)).size).toBe(4);
    expect(new Set(begun.map((packet) => packet.Channel)).size).toBe(4);
    const ended = events.filter((packet) => packet.Event === 'Hangup').map((packet) => packet.Uniqueid);
    expect(new Set(ended)).toEqual(new Set(begun.map((packet) => packet.Uniqueid)));
  });

  it('refuses a wrong password, silence before the log-in, unknown actions and files elsewhere', async () => {
    await expect(
      openTap({ host: demo.host, port: demo.port, username: 'demo', secret: 'no' }),
    ).rejects.toThrow(/refused/);
    expect(await tap.action({ Action: 'Command', Command: 'core stop now' })).toMatchObject({
      Response: 'Error',
    });
    expect(await tap.action({ Action: 'Getvar', Channel: 'none', Variable: 'X' })).toMatchObject({
      Message: 'No such channel',
    });
    demo.simulate('missed');
    const call = await tap.waitFor(
      'a missed call',
      (packet) => packet.Event === 'DialBegin' && packet.DialString === '1001',
    );
    for (const File of [
      '/etc/cron.d/x.wav',
      `${demo.recordingsBase}/../x.wav`,
      `${demo.recordingsBase}/x.sh`,
      'x.wav',
    ]) {
      const answer = await tap.action({ Action: 'MixMonitor', Channel: call.Channel ?? '', File });
      expect(answer).toMatchObject({ Response: 'Error' });
    }
  });
});
