import { type CallParts, follow, offer, withSdp } from './call-media.ts';
import type { RtpStats } from './rtp.ts';
import { type MediaOffer, readSdp } from './sdp.ts';
import { type CallLog, type CallTimes, createCallLog, type Phase } from './sip-call-log.ts';
import { createDialog, type Dialog } from './sip-dialog.ts';
import {
  bytes,
  header,
  methodOf,
  type SipHeader,
  type SipMessage,
  statusOf,
  uriOf,
  userOf,
} from './sip-message.ts';
import type { Peer } from './sip-transport.ts';

/** One call as one SIP agent lives it. Its log is the truth against which the product is judged. */
export interface SipCall {
  readonly id: string;
  readonly direction: 'in' | 'out';
  /** The number the call was sent to: user part of the request line. */
  readonly dialled: string;
  /** The INVITE, as sent or received. */
  readonly invite: SipMessage;
  /** 180, or another 18x (`181`); `headers` are added as they are. */
  ring(status?: number, headers?: readonly SipHeader[]): void;
  /** 183 with SDP: the sound is heard before the answer. */
  earlySound(sound: Buffer, headers?: readonly SipHeader[]): void;
  answer(headers?: readonly SipHeader[]): void;
  reject(status: number, reason: string, headers?: readonly SipHeader[]): void;
  /** 302 to this number at the PBX. */
  redirect(number: string): void;
  /** Ends the call in the way its phase asks for: CANCEL, BYE, or 603 for one that still rings here. */
  hangUp(): void;
  hold(): Promise<void>;
  resume(): Promise<void>;
  /** REFER: blind transfer to a number of the PBX. */
  transferTo(number: string): Promise<void>;
  /** REFER with Replaces: joins this call with the other one and leaves. */
  transferInto(other: SipCall): Promise<void>;
  /** Digits as RFC 2833 events. */
  dial(digits: string): Promise<void>;
  /** One digit by SIP INFO. */
  info(digit: string): Promise<void>;
  /** Changes what is said; null is silence without packets. */
  play(sound: Buffer | null): void;
  /** From now on another stream of packets, as when a network's announcement gives way to a telephone. */
  changeSource(lowerBy: number): void;
  /** Runs after so many ms, unless the call has ended. */
  after(ms: number, then: () => void): void;
  /** Resolves when the phase is reached; rejects when the call ends before, or after `timeoutMs`. */
  reached(phase: Phase, timeoutMs?: number): Promise<void>;
  phase(): Phase;
  times(): CallTimes;
  /** Who sent BYE, CANCEL or the refusal; null while the call lasts. */
  endedBy(): 'us' | 'them' | null;
  /** Last final status of the INVITE. */
  status(): number | null;
  sound(): RtpStats;
  /** Ids needed for a Replaces header. */
  readonly dialog: Dialog;
  /** A message of this call has arrived. */
  receive(message: SipMessage, peer: Peer): void;
}

/** Begins a call of this agent: sends the INVITE. */
export function placeCall(parts: CallParts, peer: Peer, invite: SipMessage): SipCall {
  const dialog = createDialog(parts.transport, peer, invite, 'caller');
  const call = createCall(parts, dialog, invite, 'out');
  dialog.sendInvite(withSdp(invite, parts, 'sendrecv', 1));
  return call;
}

/** Takes up a call that has arrived. */
export function takeCall(parts: CallParts, peer: Peer, invite: SipMessage): SipCall {
  const dialog = createDialog(parts.transport, peer, invite, 'callee');
  dialog.respond(invite, 100, 'Trying');
  const call = createCall(parts, dialog, invite, 'in');
  follow(parts, readSdp(invite.body));
  return call;
}

function createCall(parts: CallParts, dialog: Dialog, invite: SipMessage, direction: 'in' | 'out'): SipCall {
  const log: CallLog = createCallLog(() => {
    parts.rtp.close();
  });
  let version = 1;
  let asked = 0;

  function sdp(way: MediaOffer['direction']): string {
    return offer(parts, way, version++);
  }

  function receiveResponse(message: SipMessage): void {
    const status = statusOf(message) ?? 0;
    const isInvite = methodOf(message) === 'INVITE';
    if (isInvite) dialog.learn(message);
    if (isInvite && status >= 200) dialog.acknowledge(message);
    const isOver = log.phase() === 'answered' || log.phase() === 'ended';
    if (!isInvite || isOver) dialog.settle(message);
    else if (status === 401 || status === 407) receiveChallenge(message, status);
    else if (status >= 300) log.end(log.isCancelled() ? 'us' : 'them', status);
    else if (status > 100) receiveSuccess(message, status);
  }

  function receiveChallenge(message: SipMessage, status: number): void {
    // A wrong password must not make the agent ask for ever.
    if (asked++ > 0) log.end('them', status);
    else dialog.sendInvite(parts.authorize(message, dialog.lastInvite()));
  }

  function receiveSuccess(message: SipMessage, status: number): void {
    follow(parts, readSdp(message.body));
    if (status < 200) {
      log.reach('ringing');
      return;
    }
    parts.rtp.play(parts.voice);
    log.answered(status);
    // The answer crossed our CANCEL on the wire.
    if (log.isCancelled()) bye();
  }

  function receiveRequest(message: SipMessage): void {
    const method = methodOf(message);
    if (method === 'ACK') return;
    if (method === 'INVITE' || method === 'UPDATE') {
      answerOffer(message);
      return;
    }
    dialog.respond(message, 200, 'OK');
    if (method === 'BYE') log.end('them', null);
    if (method === 'NOTIFY') dialog.notified(message);
    if (method === 'CANCEL' && log.phase() !== 'answered' && log.phase() !== 'ended') {
      dialog.respond(invite, 487, 'Request Terminated');
      log.end('them', 487);
    }
  }

  function answerOffer(message: SipMessage): void {
    const theirs = readSdp(message.body);
    follow(parts, theirs);
    const way = theirs?.direction === 'sendonly' ? 'recvonly' : 'sendrecv';
    if (theirs === null && methodOf(message) === 'UPDATE') dialog.respond(message, 200, 'OK');
    else dialog.respond(message, 200, 'OK', [['Content-Type', 'application/sdp']], sdp(way));
  }

  async function renegotiate(way: MediaOffer['direction']): Promise<void> {
    const answer = await dialog.request('INVITE', [['Content-Type', 'application/sdp']], sdp(way));
    if ((statusOf(answer) ?? 0) >= 300) throw new Error(`re-INVITE refused: ${answer.startLine}`);
  }

  async function refer(target: string): Promise<void> {
    const answer = await dialog.request('REFER', [
      ['Refer-To', `<${target}>`],
      ['Referred-By', `<sip:${userOf(dialog.localParty())}@${parts.transport.address}>`],
    ]);
    if ((statusOf(answer) ?? 0) >= 300) throw new Error(`REFER refused: ${answer.startLine}`);
    await dialog.referDone(() => log.phase() === 'ended');
    if (log.phase() !== 'ended') bye();
  }

  function bye(): void {
    log.end('us', null);
    void dialog.request('BYE', []).catch(() => undefined);
  }

  return {
    id: header(invite, 'call-id'),
    direction,
    dialled: userOf(`<${invite.startLine.split(' ')[1] ?? ''}>`),
    invite,
    dialog,
    ring(status = 180, headers = []) {
      log.reach('ringing');
      dialog.respond(invite, status, status === 181 ? 'Call Is Being Forwarded' : 'Ringing', headers);
    },
    earlySound(sound, headers = []) {
      log.reach('ringing');
      parts.rtp.play(sound);
      dialog.respond(
        invite,
        183,
        'Session Progress',
        [...headers, ['Content-Type', 'application/sdp']],
        sdp('sendrecv'),
      );
    },
    answer(headers = []) {
      if (log.phase() === 'ended') return;
      parts.rtp.play(parts.voice);
      log.answered(200);
      dialog.respond(invite, 200, 'OK', [...headers, ['Content-Type', 'application/sdp']], sdp('sendrecv'));
    },
    reject(status, reason, headers = []) {
      if (log.phase() === 'ended') return;
      log.end('us', status);
      dialog.respond(invite, status, reason, headers);
    },
    redirect(number) {
      this.reject(302, 'Moved Temporarily', [['Contact', `<sip:${number}@${dialog.peer.address}>`]]);
    },
    hangUp() {
      if (log.phase() === 'ended') return;
      if (log.phase() === 'answered') return bye();
      if (direction === 'in') return this.reject(603, 'Decline');
      log.cancel();
      dialog.cancelInvite();
    },
    hold: () => renegotiate('sendonly'),
    resume: () => renegotiate('sendrecv'),
    transferTo: (number) => refer(`sip:${number}@${dialog.peer.address}`),
    transferInto: (other) =>
      refer(`${uriOf(other.dialog.remoteParty())}?Replaces=${encodeURIComponent(other.dialog.replaces())}`),
    dial: (digits) => parts.rtp.dial(digits),
    async info(digit) {
      await dialog.request(
        'INFO',
        [['Content-Type', 'application/dtmf-relay']],
        `Signal=${bytes(digit)}\r\nDuration=160\r\n`,
      );
    },
    play: (sound) => parts.rtp.play(sound),
    changeSource: (lowerBy) => parts.rtp.changeSource(lowerBy),
    after(ms, then) {
      const timer = setTimeout(() => {
        if (log.phase() !== 'ended') then();
      }, ms);
      log.onEnd(() => clearTimeout(timer));
    },
    reached: (phase, timeoutMs) => log.reached(phase, timeoutMs),
    phase: () => log.phase(),
    times: () => log.times(),
    endedBy: () => log.endedBy(),
    status: () => log.status(),
    sound: () => parts.rtp.stats(),
    receive(message) {
      if (statusOf(message) === null) receiveRequest(message);
      else receiveResponse(message);
    },
  };
}
