/** Events as Asterisk 22 sends them, written shortly. A scene keeps the clock: every event is 10 ms after the last. */
import type { ChannelEvent, ChannelRef, Newchannel } from '../../src/calls/channel-event.ts';
import type { ListedChannel } from '../../src/calls/tracker-input.ts';
import { DID } from './given.ts';

export const BEGIN = 1_795_450_000_000;

/** A channel named after its endpoint: `party('PJSIP/1001', 2)` is PJSIP/1001-00000002 with Uniqueid 1795450000.2. */
export function party(endpoint: string, serial: number, linkedSerial = 1): ChannelRef {
  const end = endpoint.includes(';') ? '' : `-${serial.toString(16).padStart(8, '0')}`;
  return {
    channel: `${endpoint}${end}`,
    uniqueid: `1795450000.${serial}`,
    linkedid: `1795450000.${linkedSerial}`,
  };
}

export const T = party('PJSIP/telco', 1);
export const P1 = party('PJSIP/1001', 2);
export const P2 = party('PJSIP/1002', 3);

export interface Scene {
  /** Time of the last event. */
  readonly now: number;
  wait(ms: number): ChannelEvent[];
  arrives(channel?: ChannelRef, more?: Partial<Newchannel>): ChannelEvent;
  created(channel: ChannelRef): ChannelEvent;
  dials(from: ChannelRef, to: ChannelRef, dialString: string): ChannelEvent;
  rings(from: ChannelRef, to: ChannelRef, status?: string): ChannelEvent;
  dialEnds(from: ChannelRef, to: ChannelRef, dialStatus: string, forward?: string): ChannelEvent;
  up(channel: ChannelRef): ChannelEvent;
  enters(channel: ChannelRef, bridge: string): ChannelEvent;
  asksToHangUp(channel: ChannelRef, cause?: number): ChannelEvent;
  gone(channel: ChannelRef, cause?: number, techCause?: string): ChannelEvent;
  runs(channel: ChannelRef, application: string, appData?: string): ChannelEvent;
  sets(channel: ChannelRef, variable: string, value: string): ChannelEvent;
  music(channel: ChannelRef): ChannelEvent;
  queue(
    type: 'QueueCallerJoin' | 'QueueCallerAbandon' | 'QueueCallerLeave',
    channel: ChannelRef,
  ): ChannelEvent;
  /** Creates and dials. */
  calls(from: ChannelRef, to: ChannelRef, dialString: string): ChannelEvent[];
  /** Dialled, rung, answered, bridged. */
  answers(from: ChannelRef, to: ChannelRef, dialString: string): ChannelEvent[];
}

export function scene(begin = BEGIN): Scene {
  let now = begin;
  const stamp = () => {
    now += 10;
    return { pbxAt: now, tampered: false };
  };
  const self: Scene = {
    get now() {
      return now;
    },
    wait(ms) {
      now += ms;
      return [];
    },
    arrives: (channel = T, more = {}) => ({
      type: 'Newchannel',
      ...stamp(),
      ...channel,
      state: 'Ring',
      callerNumber: '09548887777',
      callerName: null,
      context: 'from-telco',
      exten: DID,
      ...more,
    }),
    created: (channel) => ({
      type: 'Newchannel',
      ...stamp(),
      ...channel,
      state: 'Down',
      callerNumber: null,
      callerName: null,
      context: 'internal',
      exten: 's',
    }),
    dials: (from, to, dialString) => ({ type: 'DialBegin', ...stamp(), from, to, dialString }),
    rings: (from, to, dialStatus = 'RINGING') => ({
      type: 'DialState',
      ...stamp(),
      from,
      to,
      dialStatus,
      forward: null,
    }),
    dialEnds: (from, to, dialStatus, forward) => ({
      type: 'DialEnd',
      ...stamp(),
      from,
      to,
      dialStatus,
      forward: forward ?? null,
      connectedNumber: null,
    }),
    up: (channel) => ({ type: 'Newstate', ...stamp(), ...channel, state: 'Up' }),
    enters: (channel, bridge) => ({
      type: 'BridgeEnter',
      ...stamp(),
      ...channel,
      bridge,
      bridgeType: 'basic',
      channelsInBridge: 2,
      swapUniqueid: null,
    }),
    asksToHangUp: (channel, cause = 16) => ({ type: 'HangupRequest', ...stamp(), ...channel, cause }),
    gone: (channel, cause = 16, techCause) => ({
      type: 'Hangup',
      ...stamp(),
      ...channel,
      cause,
      techCause: techCause ?? null,
    }),
    runs: (channel, application, appData = '') => ({
      type: 'Newexten',
      ...stamp(),
      ...channel,
      context: 'internal',
      exten: 's',
      application,
      appData,
    }),
    sets: (channel, variable, value) => ({ type: 'VarSet', ...stamp(), ...channel, variable, value }),
    music: (channel) => ({ type: 'MusicOnHoldStart', ...stamp(), ...channel, musicClass: 'default' }),
    queue: (type, channel) => ({ type, ...stamp(), ...channel, queue: 'duty' }),
    calls: (from, to, dialString) => [self.created(to), self.dials(from, to, dialString)],
    answers: (from, to, dialString) => [
      ...self.calls(from, to, dialString),
      self.rings(from, to),
      ...self.wait(1_000),
      self.dialEnds(from, to, 'ANSWER'),
      self.up(from),
      self.enters(to, `bridge-${to.uniqueid}`),
      self.enters(from, `bridge-${to.uniqueid}`),
    ],
  };
  return self;
}

/** A row of CoreShowChannels. */
export function listed(channel: ChannelRef, more: Partial<ListedChannel> = {}): ListedChannel {
  return {
    ...channel,
    state: 'Up',
    callerNumber: null,
    callerName: null,
    context: 'internal',
    exten: 's',
    application: 'Dial',
    appData: '',
    bridge: null,
    seconds: 10,
    ...more,
  };
}
