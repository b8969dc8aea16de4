/**
 * The demonstration PBX (D13): runs when no PBX is configured, so that a newcomer sees calls, drafts, recordings, a
 * forwarded call and a colour ringback within a minute. It speaks AMI over TCP, and everything behind it (listen,
 * control and recorder sessions, tracker, attaching) is the real thing. It proves nothing about a real PBX.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PbxSetup } from '../lines/duty-line.ts';
import { headerOf, openAmiPort, refusal, success } from './ami-port.ts';
import { createMixMonitors, type Hearing } from './mixmonitor.ts';
import { clearOld } from './old-files.ts';
import { headerValue, type Packet } from './packet.ts';
import { type Caller, retell, type ToldPacket } from './retell.ts';
import { afterPacket, channelEvent, channelRows, type StandingChannels } from './standing-channels.ts';
import { loadStories, type Story } from './story.ts';

export interface DemoPbxOptions {
  /** Wall clock, integer ms UTC. */
  readonly now: () => number;
  /** False: only what `simulate` asks for (tests). */
  readonly automatic?: boolean;
  /**
   * Where MixMonitor writes: kept over a restart, so that what was unfinished can be taken over then; files older than
   * ten minutes are cleared away. Absent: a temporary folder, gone at `stop`.
   */
  readonly folder?: string;
}

export interface DemoPbx {
  readonly host: string;
  readonly port: number;
  /** One account with every class it needs: for listen, control and recorder. */
  readonly account: { readonly username: string; readonly secret: string };
  /** Folder MixMonitor writes into, as the PBX names it and as we see it. */
  readonly recordingsBase: string;
  /** The line of the shipped `office.yaml`, for those who start without one. */
  readonly setup: PbxSetup;
  readonly stories: readonly { readonly id: string; readonly title: string }[];
  /** Begins a story at once; false when there is no such story or too many run already. */
  simulate(story: string): boolean;
  stop(): Promise<void>;
}

const CALLERS: readonly Caller[] = [
  { number: '09548887777', name: '市应急管理局' },
  { number: '09548886666', name: '<unknown>' },
  { number: '13900001111', name: '<unknown>' },
  { number: '09548885555', name: '某镇政府值班室' },
];
const MOBILE = '13800002222';

/** What runs by itself, and when, in ms after the start: all kinds within the first minute. */
const FIRST_MINUTE: readonly (readonly [string, number])[] = [
  ['answered', 1_500],
  ['colour-ringback', 12_000],
  ['forwarded', 30_000],
  ['missed', 40_000],
];
/** Then one every few minutes, so that the page lives without filling up. */
const LATER: readonly string[] = [
  'answered',
  'outbound',
  'transferred',
  'missed',
  'answered',
  'busy',
  'forwarded',
  'colour-ringback',
];
const LATER_EVERY_MS = 240_000;
const MOST_AT_ONCE = 10;

/** Starts it: a port on loopback, a temporary folder for sound, and the first call after 1.5 s. */
export async function startDemoPbx({ now, automatic = true, folder }: DemoPbxOptions): Promise<DemoPbx> {
  const stories = loadStories();
  const recordingsBase = folder ?? (await mkdtemp(join(tmpdir(), 'dutyline-demo-')));
  await clearOld(recordingsBase, now());
  const mixMonitors = createMixMonitors(recordingsBase, now);
  const startedAt = now();
  const timers = new Set<NodeJS.Timeout>();
  const hearing = new Map<string, Hearing>();
  let standing: StandingChannels = new Map();
  let channels = 0;
  let calls = 0;
  let running = 0;

  const port = await openAmiPort((action) => answerTo(action));

  function answerTo(action: Packet): readonly Packet[] {
    const name = headerOf(action, 'action').toLowerCase();
    const at = now();
    switch (name) {
      case 'ping':
        return [success(['Ping', 'Pong'], ['Timestamp', (at / 1_000).toFixed(6)])];
      case 'coreshowchannels':
        return [
          success(['EventList', 'start'], ['Message', 'Channels will follow']),
          ...channelRows(standing, at),
        ];
      case 'corestatus':
        return [coreStatus()];
      case 'coresettings':
        return [
          success(
            ['AMIversion', '11.0.0'],
            ['AsteriskVersion', '22.10.1 (demonstration)'],
            ['SystemName', ''],
          ),
        ];
      case 'getvar':
        return [getVariable(action)];
      case 'mixmonitor':
        return [startRecording(action)];
      case 'stopmixmonitor':
        return [stopRecording(action)];
      case 'dbget':
        return [refusal('Database entry not found')];
      default:
        return [
          refusal(`Invalid/unknown command: ${name}. Use Action: ListCommands to show available commands.`),
        ];
    }
  }

  function coreStatus(): Packet {
    const [date = '', time = ''] = new Date(startedAt).toISOString().slice(0, 19).split('T');
    return success(
      ['CoreStartupDate', date],
      ['CoreStartupTime', time],
      ['CoreReloadDate', date],
      ['CoreReloadTime', time],
      ['CoreCurrentCalls', String(standing.size)],
      ['CoreProcessedCalls', String(calls)],
    );
  }

  /** By name or by Uniqueid, as Asterisk finds it. */
  function channelOf(action: Packet) {
    const wanted = headerOf(action, 'channel');
    return [...standing.values()].find((each) => each.channel === wanted || each.uniqueid === wanted);
  }

  function getVariable(action: Packet): Packet {
    const variable = headerOf(action, 'variable');
    const channel = channelOf(action);
    if (headerOf(action, 'channel') !== '' && channel === undefined) return refusal('No such channel');
    const value = channel === undefined ? '' : (mixMonitors.variable(channel.uniqueid, variable) ?? '');
    return success(['Variable', variable], ['Value', value]);
  }

  function startRecording(action: Packet): Packet {
    const channel = channelOf(action);
    if (channel === undefined) return refusal('No such channel');
    const { uniqueid } = channel;
    const file = headerOf(action, 'file');
    const order = { uniqueid, file, options: headerOf(action, 'options') };
    const id = mixMonitors.start(order, hearing.get(uniqueid) ?? 'nothing');
    if (id === null) return refusal('Could not start monitoring channel');
    const at = now();
    port.tell(
      channelEvent(
        channel,
        { name: 'VarSet', class: 'dialplan', at },
        ['Variable', 'MIXMONITOR_FILENAME'],
        ['Value', file],
      ),
    );
    port.tell(channelEvent(channel, { name: 'MixMonitorStart', class: 'call', at }));
    return success();
  }

  function stopRecording(action: Packet): Packet {
    const channel = channelOf(action);
    const id = headerOf(action, 'mixmonitorid') || null;
    if (channel === undefined) return refusal('No such channel');
    if (!mixMonitors.stop(channel.uniqueid, id)) return refusal('Could not stop monitoring channel');
    port.tell(channelEvent(channel, { name: 'MixMonitorStop', class: 'call', at: now() }));
    return success();
  }

  /** One packet of a story becomes true: told to the listeners, seen in the list, heard in the files. */
  function happen(packet: Packet): void {
    standing = afterPacket(standing, packet, now());
    port.tell(packet);
    const uniqueid = headerValue(packet, 'Uniqueid');
    const heard = heardAfter(headerValue(packet, 'Event'), hearing.get(uniqueid) ?? 'nothing');
    if (heard === 'no more') {
      hearing.delete(uniqueid);
      mixMonitors.stop(uniqueid, null);
    } else if (heard !== hearing.get(uniqueid)) {
      hearing.set(uniqueid, heard);
      mixMonitors.hear(uniqueid, heard);
    }
  }

  function later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  }

  function begin(story: Story): boolean {
    if (running >= MOST_AT_ONCE) return false;
    const startAt = now();
    const caller = CALLERS[calls % CALLERS.length] ?? { number: '09548887777', name: '<unknown>' };
    running += 1;
    calls += 1;
    const told = retell(story, {
      startAt,
      caller,
      mobile: MOBILE,
      nextUniqueid: () => ++channels,
      nextChannel: () => ++channels,
      newBridge: randomUUID,
    });
    tellFrom(told, 0);
    return true;
  }

  /** One timer at a time: packets of one millisecond must keep their order. */
  function tellFrom(told: readonly ToldPacket[], first: number): void {
    let next = first;
    for (let due = told[next]; due !== undefined && due.at <= now(); due = told[++next]) happen(due.packet);
    const waiting = told[next];
    if (waiting === undefined) running -= 1;
    else later(Math.max(1, waiting.at - now()), () => tellFrom(told, next));
  }

  function simulate(id: string): boolean {
    const story = stories.find((each) => each.id === id);
    return story !== undefined && begin(story);
  }

  const flowing = setInterval(() => mixMonitors.flow(), 250);
  let round = 0;
  const living = setInterval(() => {
    if (automatic) simulate(LATER[round++ % LATER.length] ?? '');
    clearOld(recordingsBase, now()).catch(() => {
      // What could not be cleared away (a full disk, a folder deleted under us) is tried again at the next call.
    });
  }, LATER_EVERY_MS);
  if (automatic) for (const [id, ms] of FIRST_MINUTE) later(ms, () => simulate(id));

  return {
    host: '127.0.0.1',
    port: port.port,
    account: port.account,
    recordingsBase,
    setup: DEMO_SETUP,
    stories: stories.map(({ id, title }) => ({ id, title })),
    simulate,
    async stop() {
      clearInterval(flowing);
      clearInterval(living);
      for (const timer of timers) clearTimeout(timer);
      mixMonitors.closeAll();
      await port.close();
      if (folder === undefined) await rm(recordingsBase, { recursive: true, force: true });
    },
  };
}

/** What is heard on a channel after an event about it; a tune only before somebody answered. */
function heardAfter(event: string, before: Hearing): Hearing | 'no more' {
  if (event === 'Hangup') return 'no more';
  if (event === 'BridgeEnter') return 'talk';
  if (event === 'BridgeLeave') return 'nothing';
  if (event === 'MusicOnHoldStart' && before === 'nothing') return 'tune';
  return event === 'MusicOnHoldStop' && before === 'tune' ? 'nothing' : before;
}

/** Same numbers and names as `config/office.yaml`. */
const DEMO_SETUP: PbxSetup = {
  pbx: 'demo',
  trunks: ['PJSIP/telco'],
  lines: [
    {
      id: 'line-1',
      room: 'duty-room',
      number: '0954-2035678',
      dids: ['09542035678'],
      trunks: ['PJSIP/telco'],
      phones: ['PJSIP/1001', 'PJSIP/1002'],
      recording: 'ami',
    },
  ],
};
