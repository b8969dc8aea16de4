/**
 * What packets beyond doubt have said of the channels of one connection, and whether a further packet says the same of all
 * it names: then its caller cannot have made it say anything else, and it may be handed on at once (`quarantine.ts`).
 */
import type { ParsedPacket } from './ami-packet.ts';
import { createChannelIdentities } from './channel-identity.ts';
import type { HeaderOrder } from './header-order.ts';
import type { Shape } from './shapes.ts';
import { SNAPSHOT_HEADERS, type Snapshots } from './snapshots.ts';

/**
 * Makes the knowledge of one connection, empty.
 *
 * @param snapshots is given the channel snapshots of packets beyond doubt
 */
export function createKnownChannels(snapshots: Snapshots) {
  const identities = createChannelIdentities();

  return { identities, confirmsShaped, confirms, rememberSnapshot, remember, forget };

  /** Whether a packet of a known shape names only channels with the ids we know, none of a forger's call. */
  function confirmsShaped(shape: Shape, packet: ParsedPacket): boolean {
    const { snapshot } = packet;
    if (snapshot !== null && identities.isForgers(snapshot.linkedid)) return false;
    for (const [channel, uniqueid, linkedid] of shape.channels) {
      if (snapshot !== null && channel === shape.snapshotAt) continue;
      const known = identities.ofChannel(packet.rawAt(channel));
      if (known === undefined || identities.isForgers(known.linkedid)) return false;
      if (known.uniqueid !== packet.rawAt(uniqueid) || known.linkedid !== packet.rawAt(linkedid))
        return false;
    }
    return true;
  }

  /** The same of a packet that was read header by header. */
  function confirms(order: HeaderOrder, packet: ParsedPacket): boolean {
    return order.blocks.every(({ prefix }) => {
      const channel = packet.get(`${prefix}Channel`);
      if (channel === undefined) return true;
      const known = identities.ofChannel(channel);
      if (known === undefined || identities.isForgers(known.linkedid)) return false;
      return (
        known.uniqueid === packet.get(`${prefix}Uniqueid`) &&
        known.linkedid === packet.get(`${prefix}Linkedid`)
      );
    });
  }

  function rememberSnapshot({ snapshotAt, index }: Shape, packet: ParsedPacket): void {
    const values = packet.raw.slice(snapshotAt, snapshotAt + SNAPSHOT_HEADERS);
    const lines = values.map((value, place) => `${index.names[snapshotAt + place]}: ${value}\r\n`);
    const [channel = ''] = values;
    const texts = packet.values().slice(snapshotAt, snapshotAt + SNAPSHOT_HEADERS);
    snapshots.remember({ bytes: lines.join(''), texts, channel, linkedid: values.at(-1) ?? '' });
  }

  /** A channel whose ids change has another snapshot from then on. */
  function remember(order: HeaderOrder, packet: ParsedPacket, forger: boolean): void {
    for (const { prefix } of order.blocks) {
      const [channel = '', uniqueid = '', linkedid = ''] = ['Channel', 'Uniqueid', 'Linkedid'].map(
        (name) => packet.get(prefix + name) ?? '',
      );
      if (channel !== '' && uniqueid !== '') {
        identities.remember({ channel, uniqueid, linkedid }, forger);
        snapshots.forget(channel);
      }
    }
  }

  function forget(channel: string): void {
    identities.forget(channel);
    snapshots.forget(channel);
  }
}
