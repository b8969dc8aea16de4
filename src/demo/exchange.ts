/**
 * The exchange behind the AMI port: which channels stand, what is heard on each, which of them MixMonitor records.
 * Packets of the stories change it; actions are answered from it.
 */
import { headerOf, refusal, success } from './ami-port.ts';
import type { Hearing, MixMonitors } from './mixmonitor.ts';
import { headerValue, type Packet } from './packet.ts';
import { afterPacket, channelEvent, channelRows, type StandingChannels } from './standing-channels.ts';

export interface Exchange {
  /** One action of a session that has logged in: the response, and for lists the events behind it. */
  answer(action: Packet): readonly Packet[];
  /** One packet of a story becomes true: told to the listeners, seen in the list, heard in the files. */
  happen(packet: Packet): void;
}

export function createExchange(deps: {
  /** Wall clock, integer ms UTC. */
  readonly now: () => number;
  readonly mixMonitors: MixMonitors;
  /** To every session that wants events. */
  readonly tell: (packet: Packet) => void;
  /** How many calls there were since the start. */
  readonly callsProcessed: () => number;
}): Exchange {
  const { now, mixMonitors, tell } = deps;
  const startedAt = now();
  const hearing = new Map<string, Hearing>();
  let standing: StandingChannels = new Map();

  function answer(action: Packet): readonly Packet[] {
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
      ['CoreProcessedCalls', String(deps.callsProcessed())],
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
    tell(
      channelEvent(
        channel,
        { name: 'VarSet', class: 'dialplan', at },
        ['Variable', 'MIXMONITOR_FILENAME'],
        ['Value', file],
      ),
    );
    tell(channelEvent(channel, { name: 'MixMonitorStart', class: 'call', at }));
    return success();
  }

  function stopRecording(action: Packet): Packet {
    const channel = channelOf(action);
    const id = headerOf(action, 'mixmonitorid') || null;
    if (channel === undefined) return refusal('No such channel');
    if (!mixMonitors.stop(channel.uniqueid, id)) return refusal('Could not stop monitoring channel');
    tell(channelEvent(channel, { name: 'MixMonitorStop', class: 'call', at: now() }));
    return success();
  }

  function happen(packet: Packet): void {
    standing = afterPacket(standing, packet, now());
    tell(packet);
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

  return { answer, happen };
}

/** What is heard on a channel after an event about it; a tune only before somebody answered. */
function heardAfter(event: string, before: Hearing): Hearing | 'no more' {
  if (event === 'Hangup') return 'no more';
  if (event === 'BridgeEnter') return 'talk';
  if (event === 'BridgeLeave') return 'nothing';
  if (event === 'MusicOnHoldStart' && before === 'nothing') return 'tune';
  return event === 'MusicOnHoldStop' && before === 'tune' ? 'nothing' : before;
}
