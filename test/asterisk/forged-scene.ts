/** Captures in which a forger's texts are put, and what is read of them. */
import type { AmiPacket } from '../../src/asterisk/listen/ami-packet.ts';
import { HEADER_ORDERS } from '../../src/asterisk/listen/header-order.ts';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import { capture } from './captures.ts';
import { type Attack, attacksOn, type CallerTexts, forwardAttacksOn, type Victim } from './forger.ts';

export interface Scene {
  readonly file: string;
  readonly bytes: Buffer;
  readonly texts: CallerTexts;
  readonly attacks: readonly Attack[];
}

const INVENTED: Victim = {
  channel: 'PJSIP/1009-00000099',
  uniqueid: '1795449999.99',
  linkedid: '1795449999.99',
};

/**
 * A capture without most of its repetitions: VarSet, Newexten and CEL of one channel are 80 of 100 packets of a call and differ
 * in their last headers only. Two of each are kept, and all that moves a call.
 */
function thinned(bytes: Buffer): Buffer {
  const kept = new Map<string, number>();
  const paragraphs = bytes.toString('latin1').split('\r\n\r\n');
  const chosen = paragraphs.filter((paragraph) => {
    const [, event = '', channel = ''] =
      /^Event: (VarSet|Newexten|CEL|RTCP\w+|TestEvent)\r\n.*?\r\nChannel: ([^\r]*)/s.exec(paragraph) ?? [];
    const count = kept.get(event + channel) ?? 0;
    kept.set(event + channel, count + 1);
    return event === '' || count < 2;
  });
  return Buffer.from(chosen.join('\r\n\r\n'), 'latin1');
}

/** A capture with every attack on a channel that lives in it and on one that does not exist. */
export function sceneOf(file: string): Scene {
  const bytes = thinned(capture(file).bytes);
  const packets = read(bytes, []);
  const [trunk, other] = packets.filter((packet) => packet.name === 'Newchannel');
  const text = (header: string) => Buffer.from(trunk?.get(header) ?? '', 'utf8').toString('latin1');
  const rawName =
    /CallerIDName: ([^\r]*)\r\nConnectedLineNum: <unknown>/.exec(bytes.toString('latin1'))?.[1] ?? '';
  const known = {
    channel: other?.get('Channel') ?? '',
    uniqueid: other?.get('Uniqueid') ?? '',
    linkedid: other?.get('Linkedid') ?? '',
  };
  const texts = {
    number: text('CallerIDNum'),
    did: text('Exten'),
    callerName: rawName === '<unknown>' ? '' : rawName,
    forward: /\r\nForward: ([^\r]*)/.exec(bytes.toString('latin1'))?.[1] ?? '',
  };
  const stamp = packets[20]?.get('Timestamp') ?? '';
  const attacks = [known, INVENTED].flatMap((victim) => [
    ...attacksOn(victim, stamp),
    ...(texts.forward === '' ? [] : forwardAttacksOn(victim, stamp)),
  ]);
  // Half of them name nobody: those are the same against either victim.
  const different = new Map(attacks.map((attack) => [JSON.stringify({ ...attack, name: '' }), attack]));
  return { file, bytes, texts, attacks: [...different.values()] };
}

/** Reads bytes split at these places; only the events we read. */
export function read(bytes: Buffer, cuts: readonly number[]): readonly AmiPacket[] {
  const parser = createPacketParser();
  const packets: AmiPacket[] = [];
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    packets.push(...parser.push(bytes.subarray(from, cut)));
    from = cut;
  }
  packets.push(...parser.settle());
  return packets.filter((packet) => packet.kind === 'event' && HEADER_ORDERS.has(packet.name));
}

/** All that a packet says. */
export function signature(packet: AmiPacket): string {
  return JSON.stringify([packet.name, packet.headers(), packet.tampered]);
}
