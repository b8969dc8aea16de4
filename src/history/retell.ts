/**
 * CEL told again as the events AMI would have sent, so that the tracker's own rules read them. CEL keeps no dial and no
 * ringing: a called channel's CHAN_START is its DialBegin, its end before an ANSWER the DialEnd (Asterisk 16.28, 22.10).
 */
import type { ChannelEvent, ChannelRef } from '../calls/channel-event.ts';
import { readExtra } from './cel-extra.ts';
import type { CelRow } from './cel-row.ts';
import { dialTarget } from './dial-target.ts';
import { dialStatusOf, isRefusal, lastHangup } from './dial-verdict.ts';
import { isParking, parkingSpace, refOf, textOf, wasGivenUp, wasKeyed } from './row-context.ts';

interface Told {
  readonly ref: ChannelRef;
  dialledBy: ChannelRef | null;
  dialEnded: boolean;
  hangUpAsked: boolean;
  app: string;
  queued: boolean;
}

/** The events of one group, oldest first, each stamped with its row's time. */
export function retell(rows: readonly CelRow[]): readonly ChannelEvent[] {
  const events: ChannelEvent[] = [];
  const channels = new Map<string, Told>();
  const causes = new Map<string, number>();
  let at = 0;

  rows.forEach((row, index) => {
    at = row.at;
    if (row.eventType === 'CHAN_START') begin(row, index);
    else if (row.eventType !== 'LINKEDID_END') happen(row);
    say({ type: 'CEL', ...refOf(row), eventName: row.eventType, rdnis: textOf(row.cidRdnis) });
  });
  return events;

  function say(event: DistributiveOmit<ChannelEvent, 'pbxAt' | 'tampered'>): void {
    events.push({ ...event, pbxAt: at, tampered: false } as ChannelEvent);
  }

  function begin(row: CelRow, index: number): void {
    const ref = refOf(row);
    const isCalled = row.uniqueId !== row.linkedId && !row.channel.endsWith(';2');
    const told: Told = {
      ref,
      dialledBy: null,
      dialEnded: false,
      hangUpAsked: false,
      app: '',
      queued: false,
    };
    channels.set(row.uniqueId, told);
    say({
      type: 'Newchannel',
      ...ref,
      state: isCalled ? 'Down' : 'Ring',
      callerNumber: textOf(row.cidNum),
      callerName: textOf(row.cidName),
      context: row.context,
      exten: row.exten,
    });
    if (!isCalled) return;
    const target = dialTarget(rows, row, index);
    const from = target.by === null ? null : { ...refOf(target.by), linkedid: row.linkedId };
    told.dialledBy = from;
    say({ type: 'DialBegin', from, to: ref, dialString: target.dialString });
    if (!isRefusal(lastHangup(rows, row.uniqueId))) {
      say({ type: 'DialState', from, to: ref, dialStatus: 'RINGING', forward: null });
    }
  }

  function happen(row: CelRow): void {
    const told = channels.get(row.uniqueId);
    if (told === undefined) return;
    const ref = refOf(row);
    const extra = readExtra(row.extra);
    applications(row, told, ref);
    switch (row.eventType) {
      case 'APP_END':
        leaveQueue(row, told, ref);
        return;
      case 'ANSWER':
        answer(told, ref);
        return;
      case 'BRIDGE_ENTER': {
        const holding = extra.get('bridge_technology') === 'holding_bridge';
        const bridge = extra.get('bridge_id') ?? '';
        const bridgeType = holding ? 'parking' : 'basic';
        say({
          type: 'BridgeEnter',
          ...ref,
          bridge,
          bridgeType,
          channelsInBridge: 0,
          swapUniqueid: null,
        });
        return;
      }
      case 'BRIDGE_EXIT':
        say({ type: 'BridgeLeave', ...ref, bridge: extra.get('bridge_id') ?? '' });
        return;
      case 'STREAM_BEGIN':
        if (extra.has('class'))
          say({ type: 'MusicOnHoldStart', ...ref, musicClass: extra.get('class') ?? '' });
        return;
      case 'FORWARD':
        forwarded(row, extra.get('forward') ?? '');
        return;
      case 'BLINDTRANSFER':
        blindTransfer(ref, extra);
        return;
      case 'ATTENDEDTRANSFER':
        attendedTransfer(ref, extra);
        return;
      case 'PARK_START':
        say({ type: 'ParkedCall', parkee: ref, retriever: null, space: parkingSpace(rows, row) });
        return;
      case 'PARK_END': {
        const retriever = byName(extra.get('retriever'));
        if (retriever !== null)
          say({ type: 'UnParkedCall', parkee: ref, retriever, space: parkingSpace(rows, row) });
        return;
      }
      case 'HANGUP':
        hangUp(told, ref, extra);
        return;
      case 'CHAN_END':
        end(told, ref);
        return;
      default:
        return;
    }
  }

  /** FreePBX keeps no APP_START of Dial: the application shows on the channel's other rows. */
  function applications(row: CelRow, told: Told, ref: ChannelRef): void {
    const app = `${row.appName}(${row.appData})`;
    if (row.appName === '' || row.appData === '(Outgoing Line)' || told.app === app) return;
    told.app = app;
    const { context, exten, appName: application, appData } = row;
    say({ type: 'Newexten', ...ref, context, exten, application, appData });
    if (application.toLowerCase() !== 'queue' || row.eventType !== 'APP_START') return;
    told.queued = true;
    say({ type: 'QueueCallerJoin', ...ref, queue: appData.split(',')[0] ?? '' });
  }

  function leaveQueue(row: CelRow, told: Told, ref: ChannelRef): void {
    if (row.appName.toLowerCase() !== 'queue' || !told.queued) return;
    told.queued = false;
    const gaveUp = lastHangup(rows, row.uniqueId)?.source === row.channel;
    if (gaveUp) askHangUp(told);
    const type = gaveUp ? 'QueueCallerAbandon' : 'QueueCallerLeave';
    say({ type, ...ref, queue: row.appData.split(',')[0] ?? '' });
  }

  function answer(told: Told, ref: ChannelRef): void {
    if (told.dialledBy === null || told.dialEnded) {
      if (told.dialledBy === null) say({ type: 'Newstate', ...ref, state: 'Up' });
      return;
    }
    told.dialEnded = true;
    const from = told.dialledBy;
    const caller = channels.get(from.uniqueid);
    if (caller?.queued === true) {
      caller.queued = false;
      say({ type: 'QueueCallerLeave', ...from, queue: '' });
    }
    say({ type: 'DialEnd', from, to: ref, dialStatus: 'ANSWER', forward: null, connectedNumber: null });
  }

  /** The leg that sent the call on ends with cause 23 (302 and 22); where none does, the last one dialled. */
  function forwarded(row: CelRow, forward: string): void {
    const open = [...channels.values()].filter(
      (other) =>
        other.dialledBy?.uniqueid === row.uniqueId &&
        !other.dialEnded &&
        !other.ref.channel.startsWith('Local/'),
    );
    const leg = open.find((other) => lastHangup(rows, other.ref.uniqueid)?.cause === 23) ?? open[0];
    if (leg === undefined) return;
    leg.dialEnded = true;
    const from = leg.dialledBy;
    say({ type: 'DialEnd', from, to: leg.ref, dialStatus: 'CANCEL', forward, connectedNumber: null });
  }

  function blindTransfer(ref: ChannelRef, extra: ReadonlyMap<string, string>): void {
    const transferee = byId(extra.get('transferee_channel_uniqueid'));
    if (isParking(rows, at)) return;
    const [context, exten] = [extra.get('context') ?? '', extra.get('extension') ?? ''];
    const external = !wasKeyed(rows, ref.uniqueid, at);
    say({ type: 'BlindTransfer', transferer: ref, transferee, context, exten, success: true, external });
  }

  function attendedTransfer(ref: ChannelRef, extra: ReadonlyMap<string, string>): void {
    const second = byId(extra.get('channel2_uniqueid'));
    if (second === null) return;
    const transferee = byId(extra.get('transferee_channel_uniqueid'));
    const target = byId(extra.get('transfer_target_channel_uniqueid'));
    say({ type: 'AttendedTransfer', original: ref, second, transferee, target, success: true });
  }

  function hangUp(told: Told, ref: ChannelRef, extra: ReadonlyMap<string, string>): void {
    const source = byName(extra.get('hangupsource'));
    const asker = source === null ? undefined : channels.get(source.uniqueid);
    if (asker !== undefined) askHangUp(asker);
    causes.set(ref.uniqueid, Number(extra.get('hangupcause') ?? 0));
    for (const leg of channels.values()) {
      if (leg.dialledBy?.uniqueid === ref.uniqueid) endDial(leg, extra.get('dialstatus') ?? '');
    }
    const { dialledBy, dialEnded } = told;
    if (dialledBy !== null && !dialEnded && wasGivenUp(rows, { leg: ref.uniqueid, dialledBy, at })) {
      askHangUp(channels.get(dialledBy.uniqueid) ?? told);
    }
    endDial(told, '');
  }

  function askHangUp(asker: Told): void {
    if (asker.hangUpAsked) return;
    asker.hangUpAsked = true;
    const cause = lastHangup(rows, asker.ref.uniqueid)?.cause ?? null;
    say({ type: 'HangupRequest', ...asker.ref, cause });
  }

  function endDial(leg: Told, status: string): void {
    if (leg.dialledBy === null || leg.dialEnded) return;
    leg.dialEnded = true;
    const dialStatus = dialStatusOf(rows, leg.ref.uniqueid, leg.dialledBy.uniqueid, status);
    const from = leg.dialledBy;
    say({ type: 'DialEnd', from, to: leg.ref, dialStatus, forward: null, connectedNumber: null });
  }

  function end(told: Told, ref: ChannelRef): void {
    say({ type: 'Hangup', ...ref, cause: causes.get(ref.uniqueid) ?? 0, techCause: null });
    told.dialEnded = true;
  }

  function byId(uniqueid: string | undefined): ChannelRef | null {
    return uniqueid === undefined ? null : (channels.get(uniqueid)?.ref ?? null);
  }

  function byName(name: string | undefined): ChannelRef | null {
    return [...channels.values()].findLast((told) => told.ref.channel === name)?.ref ?? null;
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
