import { randomBytes } from 'node:crypto';
import {
  header,
  headersOf,
  methodOf,
  parameter,
  type SipHeader,
  type SipMessage,
  statusOf,
  uriOf,
} from './sip-message.ts';
import type { Peer, SipTransport } from './sip-transport.ts';

/** Tags, counters and addresses of one SIP dialog, and the messages made from them. */
export interface Dialog {
  readonly peer: Peer;
  sendInvite(invite: SipMessage): void;
  lastInvite(): SipMessage;
  cancelInvite(): void;
  /** Takes the far end's tag and contact from a response. */
  learn(response: SipMessage): void;
  /** ACK for a final response to INVITE. */
  acknowledge(response: SipMessage): void;
  respond(
    request: SipMessage,
    status: number,
    reason: string,
    headers?: readonly SipHeader[],
    body?: string,
  ): void;
  /** A request inside the dialog; resolves with its final response. */
  request(method: string, headers: readonly SipHeader[], body?: string): Promise<SipMessage>;
  /** A final response to one of our requests has arrived. */
  settle(response: SipMessage): void;
  /** A NOTIFY about our REFER has arrived. */
  notified(notify: SipMessage): void;
  /** Resolves when the REFER has succeeded or the call was taken from us; rejects when it failed. */
  referDone(hasEnded: () => boolean): Promise<void>;
  /** From or To value of each side, tags included. */
  localParty(): string;
  remoteParty(): string;
  /** Value of a Replaces parameter naming this dialog as the PBX sees it. */
  replaces(): string;
}

/** Random hexadecimal text for tags, branches and Call-IDs. */
export function token(): string {
  return randomBytes(8).toString('hex');
}

/** A new dialog round an INVITE which we send (`caller`) or have received (`callee`). */
export function createDialog(
  transport: SipTransport,
  peer: Peer,
  invite: SipMessage,
  role: 'caller' | 'callee',
): Dialog {
  const callId = header(invite, 'call-id');
  const localTag = role === 'caller' ? parameter(header(invite, 'from'), 'tag') : token();
  const local = role === 'caller' ? header(invite, 'from') : `${header(invite, 'to')};tag=${localTag}`;
  const contact = `<sip:agent@${transport.address}:${transport.port}>`;
  let remote = role === 'caller' ? header(invite, 'to') : header(invite, 'from');
  let target = role === 'caller' ? (invite.startLine.split(' ')[1] ?? '') : uriOf(header(invite, 'contact'));
  let sequence = role === 'caller' ? Number(header(invite, 'cseq').split(' ')[0]) : 0;
  let sent = invite;
  const waiting = new Map<string, (response: SipMessage) => void>();
  let refer: { outcome: 'open' | 'done' | 'failed'; wake: () => void } = {
    outcome: 'open',
    wake: () => undefined,
  };

  const requestLine = (method: string) => `${method} ${target} SIP/2.0`;
  const frame = (method: string, branch: string, number: number): SipHeader[] => [
    ['Via', `SIP/2.0/UDP ${transport.address}:${transport.port};rport;branch=${branch}`],
    ['Max-Forwards', '70'],
    ['From', local],
    ['To', remote],
    ['Call-ID', callId],
    ['CSeq', `${number} ${method}`],
    ['Contact', contact],
  ];

  return {
    peer,
    sendInvite(message) {
      sent = message;
      sequence = Number(header(message, 'cseq').split(' ')[0]);
      transport.request(peer, message);
    },
    lastInvite: () => sent,
    cancelInvite() {
      const kept = ['via', 'max-forwards', 'from', 'to', 'call-id'];
      const headers = sent.headers.filter(([name]) => kept.includes(name.toLowerCase()));
      transport.request(peer, {
        startLine: sent.startLine.replace(/^INVITE/, 'CANCEL'),
        headers: [...headers, ['CSeq', `${header(sent, 'cseq').split(' ')[0]} CANCEL`]],
        body: '',
      });
    },
    learn(response) {
      const status = statusOf(response) ?? 0;
      if (status <= 100 || status >= 300) return;
      remote = header(response, 'to');
      const place = uriOf(header(response, 'contact'));
      if (place !== '') target = place;
    },
    acknowledge(response) {
      const isOk = (statusOf(response) ?? 0) < 300;
      const number = Number(header(response, 'cseq').split(' ')[0]);
      const branch = isOk ? `z9hG4bK${token()}` : parameter(header(response, 'via'), 'branch');
      const headers = frame('ACK', branch, number).map(
        (entry): SipHeader => (entry[0] === 'To' ? ['To', header(response, 'to')] : entry),
      );
      const startLine = isOk ? requestLine('ACK') : sent.startLine.replace(/^INVITE/, 'ACK');
      transport.request(peer, { startLine, headers, body: '' });
    },
    respond(request, status, reason, headers = [], body = '') {
      const to = header(request, 'to');
      const tagged = status === 100 || parameter(to, 'tag') !== '' ? to : `${to};tag=${localTag}`;
      transport.respond(peer, {
        startLine: `SIP/2.0 ${status} ${reason}`,
        headers: [
          ...headersOf(request, 'via'),
          ...headersOf(request, 'record-route'),
          ['From', header(request, 'from')],
          ['To', tagged],
          ['Call-ID', header(request, 'call-id')],
          ['CSeq', header(request, 'cseq')],
          ...(headers.some(([name]) => name === 'Contact')
            ? []
            : ([['Contact', contact]] satisfies SipHeader[])),
          ['Allow', 'INVITE, ACK, CANCEL, BYE, REFER, NOTIFY, OPTIONS, INFO, UPDATE'],
          ['Supported', 'replaces'],
          ...headers,
        ],
        body,
      });
    },
    request(method, headers, body = '') {
      const number = ++sequence;
      const branch = `z9hG4bK${token()}`;
      const message: SipMessage = {
        startLine: requestLine(method),
        headers: [...frame(method, branch, number), ...headers],
        body,
      };
      if (method === 'INVITE') sent = message;
      if (method === 'REFER') refer = { outcome: 'open', wake: () => undefined };
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(branch);
          reject(new Error(`${method} was not answered`));
        }, 8_000);
        // The BYE of an agent that closes is nobody's business any more.
        timer.unref();
        waiting.set(branch, (response) => {
          clearTimeout(timer);
          waiting.delete(branch);
          resolve(response);
        });
        transport.request(peer, message);
      });
    },
    settle(response) {
      if ((statusOf(response) ?? 0) < 200) return;
      waiting.get(parameter(header(response, 'via'), 'branch'))?.(response);
    },
    notified(notify) {
      const told = /SIP\/2\.0 (\d{3})/.exec(notify.body)?.[1];
      if (methodOf(notify) !== 'NOTIFY' || told === undefined || Number(told) < 200) return;
      refer.outcome = Number(told) < 300 ? 'done' : 'failed';
      refer.wake();
    },
    async referDone(hasEnded) {
      const deadline = performance.now() + 15_000;
      while (refer.outcome === 'open' && !hasEnded() && performance.now() < deadline) {
        await new Promise<void>((resolve) => {
          refer.wake = resolve;
          setTimeout(resolve, 50);
        });
      }
      if (refer.outcome === 'failed') throw new Error('the transfer failed');
    },
    localParty: () => local,
    remoteParty: () => remote,
    replaces: () => `${callId};to-tag=${parameter(remote, 'tag')};from-tag=${localTag}`,
  };
}
