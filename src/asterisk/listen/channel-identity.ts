/**
 * Which Uniqueid and Linkedid each living channel has, learned from packets beyond doubt.
 *
 * A packet that repeats what is known cannot have been made to say something else by its caller, so it may be handed on
 * at once; one that says something new waits until it is clear that nothing was written behind it (`quarantine.ts`).
 */

export interface Identity {
  readonly channel: string;
  readonly uniqueid: string;
  readonly linkedid: string;
}

/** Channels are forgotten at their Hangup; this bounds those whose Hangup was never read. */
const MOST_CHANNELS = 20_000;

/** Calls of forgers that are remembered; a call lives for hours at most. */
const MOST_FORGERS = 2000;

/** Makes an empty memory of channels, for one connection. */
export function createChannelIdentities() {
  const byChannel = new Map<string, Identity>();
  const byUniqueid = new Map<string, string>();
  /** Linkedids of calls in which somebody has forged: nothing about any of their channels is believed on sight. */
  const forgers = new Set<string>();

  return {
    /** Whether somebody has forged in the call with this Linkedid. */
    isForgers: (linkedid: string): boolean => forgers.size > 0 && forgers.has(linkedid),
    /** The ids of a channel, undefined when it was never seen. */
    ofChannel: (channel: string): Identity | undefined => byChannel.get(channel),
    /** The channel that has this Uniqueid, undefined when it was never seen. */
    ofUniqueid: (uniqueid: string): Identity | undefined => byChannel.get(byUniqueid.get(uniqueid) ?? ''),
    remember,
    forget,
  };

  /** Keeps what a packet beyond doubt said. */
  function remember(identity: Identity, forger: boolean): void {
    const before = byChannel.get(identity.channel);
    if (before !== undefined && before.uniqueid !== identity.uniqueid) byUniqueid.delete(before.uniqueid);
    byChannel.set(identity.channel, identity);
    byUniqueid.set(identity.uniqueid, identity.channel);
    if (byChannel.size > MOST_CHANNELS) forget(byChannel.keys().next().value ?? '');
    if (forger) forgers.add(identity.linkedid);
    if (forgers.size > MOST_FORGERS) forgers.delete(forgers.values().next().value ?? '');
  }

  function forget(channel: string): void {
    const known = byChannel.get(channel);
    if (known !== undefined) byUniqueid.delete(known.uniqueid);
    byChannel.delete(channel);
  }
}

export type ChannelIdentities = ReturnType<typeof createChannelIdentities>;
