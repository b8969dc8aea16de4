import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAmiManager, DEFAULT_TIMING } from '../../../src/asterisk/control/ami-manager.ts';
import { createProbeSession, PROBE_FOLDER } from '../../../src/asterisk/control/probe-session.ts';
import { askRights } from '../../../src/asterisk/control/rights.ts';
import { probeChannelOf } from '../../../src/lines/probe-channel.ts';
import { newId } from '../../../src/storage/new-id.ts';
import type { AmiTap } from '../../bed/ami-tap.ts';
import { FAR_END } from '../../bed/far-ends.ts';
import { type Office, startOffice } from '../../bed/office.ts';
import { whenUp } from './when-up.ts';
import { openWireTap, type WireTap } from './wire-tap.ts';

const TRUNK = 'PJSIP/out1';
const SHOWS = '09542039001';
/** What goes over the wire is counted: on a loaded machine a test may last until the first Ping. */
const WITHOUT_PING = { ...DEFAULT_TIMING, pingEveryMs: 600_000 };

describe.each([22, 16] as const)('the log-in for probes on Asterisk %i', (version) => {
  let office: Office;
  let wire: WireTap;
  let tap: AmiTap;

  beforeAll(async () => {
    office = await startOffice({ version, carrier: true });
    wire = await openWireTap(office.ami.host);
    tap = await office.tap('listen');
  });
  afterAll(async () => {
    await tap.close();
    await wire.close();
    await office.stop();
  });

  const logIn = async (account = 'probe') => {
    const access = {
      host: '127.0.0.1',
      port: wire.port,
      tls: null,
      username: account,
      secret: `${account}-secret`,
    };
    const manager = createAmiManager(access, () => undefined, WITHOUT_PING);
    await whenUp(manager);
    return manager;
  };
  const rules = () => ({ base: office.recordings, trunks: [TRUNK], notice: null });
  const order = (more: object = {}) => ({
    ...{
      trunk: TRUNK,
      digits: FAR_END.standard,
      caller: SHOWS,
      channelId: probeChannelOf(newId()),
      ringMs: 5_000,
    },
    ...more,
  });

  it('places a call under its own Uniqueid, records what comes from the far end, and hangs it up', async () => {
    const manager = await logIn();
    expect(await askRights(manager, 'probe')).toMatchObject({ ok: true, value: { lacking: [] } });
    const session = createProbeSession(manager, rules());
    // Longer than anybody waits here: it is our own hang-up that ends it.
    const call = order({ ringMs: 60_000 });
    expect(await session.place(call)).toEqual({ ok: true, value: null });
    const ofOurs = (event: string) =>
      tap.waitFor(event, (packet) => packet.Event === event && packet.Uniqueid === call.channelId);
    expect(await ofOurs('Newchannel')).toMatchObject({ Linkedid: call.channelId });
    const recorded = await session.record(call.channelId);
    expect(recorded).toEqual({ ok: true, value: session.pathOf(call.channelId) });
    await tap.waitFor(
      'progress',
      (packet) => packet.DestUniqueid === call.channelId && packet.DialStatus === 'PROGRESS',
    );
    const kept = () => statSync(session.pathOf(call.channelId), { throwIfNoEntry: false })?.size ?? 0;
    await expect.poll(kept).toBeGreaterThan(30_000);
    expect(await session.hangUp(call.channelId)).toEqual({ ok: true, value: null });
    await ofOurs('Hangup');
    expect(await session.hangUp(call.channelId)).toEqual({ ok: true, value: null });
    expect(session.pathOf(call.channelId).startsWith(`${office.recordings}/${PROBE_FOLDER}/`)).toBe(true);
    await expect.poll(() => existsSync(session.pathOf(call.channelId))).toBe(true);
    await expect.poll(() => readFileSync(session.pathOf(call.channelId)).length).toBeGreaterThan(30_000);
    await manager.stop();
  });

  it('is ended by the PBX itself when nobody is left to ask for it', async () => {
    const manager = await logIn();
    const call = order({ digits: FAR_END.only180, ringMs: 2_000 });
    await createProbeSession(manager, rules()).place(call);
    await tap.waitFor(
      'the call',
      (packet) => packet.Event === 'Newchannel' && packet.Uniqueid === call.channelId,
    );
    await manager.stop();
    const gone = await tap.waitFor(
      'its end',
      (packet) => packet.Event === 'Hangup' && packet.Uniqueid === call.channelId,
    );
    expect(gone.Uniqueid).toBe(call.channelId);
  });

  it('refuses everything that is not a probe by a configured trunk, and sends nothing', async () => {
    const manager = await logIn();
    const session = createProbeSession(manager, rules());
    const before = wire.said().length;
    const hostile = [
      { trunk: 'PJSIP/telco' },
      { trunk: 'Local' },
      { trunk: 'Local/s@internal' },
      { digits: '' },
      { digits: '1' },
      { digits: '80001@telco' },
      { digits: '80001&PJSIP/telco/13900001111' },
      { digits: '80001\r\nApplication: System' },
      { digits: '8'.repeat(33) },
      { caller: '"a" <1>' },
      { caller: '1\r\nVariable: x' },
      { channelId: '1795452315.0' },
      { channelId: 'PJSIP/telco-00000000' },
      { channelId: `${probeChannelOf(newId())}\r\nx: y` },
      { channelId: 'dutyline-probe-../../x' },
      { ringMs: 0 },
      { ringMs: 1.5 },
      { ringMs: 600_000 },
      { ringMs: Number.NaN },
    ];
    for (const more of hostile)
      expect(await session.place(order(more))).toMatchObject({
        ok: false,
        trouble: { code: 'ami-unsafe-value' },
      });
    for (const id of ['', '1795452315.0', 'PJSIP/1001-00000001', 'all', `${probeChannelOf(newId())}\n`]) {
      expect(await session.record(id)).toMatchObject({ ok: false });
      expect(await session.hangUp(id)).toMatchObject({ ok: false });
    }
    const nowhere = createProbeSession(manager, { ...rules(), base: null });
    expect(await nowhere.record(probeChannelOf(newId()))).toMatchObject({ ok: false });
    expect(wire.said().length).toBe(before);
    await manager.stop();
  });

  it('has let nothing else out than Originate, MixMonitor and Hangup of its own channels', () => {
    const packets = wire.said().split('\r\n\r\n').filter(Boolean);
    const own = 'dutyline-probe-[0-9a-f-]{36}';
    const base = office.recordings.replaceAll('.', '\\.');
    const allowed = [
      /^Action: login\r\nActionID: \d+\r\nEvent: off\r\nSecret: probe-secret\r\nUsername: probe$/,
      /^Action: Events\r\nActionID: [\w-]+\r\nEventmask: off$/,
      /^Action: ListCommands\r\nActionID: [\w-]+$/,
      new RegExp(
        `^Action: Originate\\r\\nActionID: [\\w-]+\\r\\nApplication: Hangup\\r\\nAsync: true\\r\\nCallerid: ${SHOWS}\\r\\nChannel: PJSIP/\\d+@out1\\r\\nChannelid: ${own}\\r\\nData: 16\\r\\nEarlymedia: false\\r\\nTimeout: \\d+$`,
      ),
      new RegExp(
        `^Action: MixMonitor\\r\\nActionID: [\\w-]+\\r\\nChannel: ${own}\\r\\nOptions: r\\(${base}/${PROBE_FOLDER}/${own}\\.wav\\)$`,
      ),
      new RegExp(`^Action: Hangup\\r\\nActionID: [\\w-]+\\r\\nCause: 16\\r\\nChannel: ${own}$`),
    ];
    expect(packets.filter((packet) => !allowed.some((shape) => shape.test(packet)))).toEqual([]);
    const said = (action: string) =>
      packets.filter((packet) => packet.startsWith(`Action: ${action}\r\n`)).length;
    expect([said('Originate'), said('MixMonitor'), said('Hangup')]).toEqual([2, 1, 2]);
  });

  it('says which class is missing', async () => {
    const manager = await logIn('recorder');
    const rights = await askRights(manager, 'probe');
    expect(rights.ok && rights.value.lacking.map(({ writeClass }) => writeClass)).toEqual(['originate']);
    expect(await createProbeSession(manager, rules()).place(order())).toMatchObject({
      ok: false,
      trouble: { code: 'ami-missing-privilege' },
    });
    await manager.stop();
  });
});

describe('what a session for probes is made with', () => {
  it.each([
    [{ base: '/var/../etc' }],
    [{ base: 'monitor' }],
    [{ base: '/a b' }],
    [{ trunks: ['PJSIP/a@b'] }],
    [{ trunks: ['Local/s@internal'] }],
    [{ notice: '../../etc/passwd' }],
    [{ notice: 'a&b' }],
    [{ notice: 'a,noanswer' }],
  ])('is refused as %j', (more) => {
    const manager = createAmiManager(
      { host: '127.0.0.1', port: 9, tls: null, username: 'a', secret: 'b' },
      () => undefined,
    );
    expect(() =>
      createProbeSession(manager, { base: '/var/spool', trunks: [TRUNK], notice: null, ...more }),
    ).toThrow(/must be an absolute folder|is no trunk|is no sound file/);
    return manager.stop();
  });
});
