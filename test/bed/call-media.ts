import type { RtpPort } from './rtp.ts';
import { type MediaOffer, writeSdp } from './sdp.ts';
import type { SipMessage } from './sip-message.ts';
import type { SipTransport } from './sip-transport.ts';

/** What a call of an agent is made of. */
export interface CallParts {
  readonly transport: SipTransport;
  readonly rtp: RtpPort;
  /** What is said after the answer; null sends no packets. */
  readonly voice: Buffer | null;
  readonly authorize: (challenge: SipMessage, request: SipMessage) => SipMessage;
}

/** Sends the sound to where the far end wants it from now on. */
export function follow(parts: CallParts, theirs: MediaOffer | null): void {
  if (theirs !== null && theirs.port !== 0) parts.rtp.sendTo(theirs.address, theirs.port);
}

/** The SDP of this call's own end. */
export function offer(parts: CallParts, direction: MediaOffer['direction'], version: number): string {
  return writeSdp({ address: parts.transport.address, port: parts.rtp.port, direction }, version);
}

/** The message with such an SDP as its body. */
export function withSdp(
  message: SipMessage,
  parts: CallParts,
  direction: MediaOffer['direction'],
  version: number,
): SipMessage {
  return {
    ...message,
    headers: [...message.headers, ['Content-Type', 'application/sdp']],
    body: offer(parts, direction, version),
  };
}
