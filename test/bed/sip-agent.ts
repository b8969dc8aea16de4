import type { CallParts } from './call-media.ts';
import { openRtp } from './rtp.ts';
import { placeCall, type SipCall, takeCall } from './sip-call.ts';
import { token } from './sip-dialog.ts';
import { answerChallenge } from './sip-digest.ts';
import {
  bytes,
  header,
  headersOf,
  methodOf,
  type SipHeader,
  type SipMessage,
  statusOf,
} from './sip-message.ts';
import { openSipTransport, type Peer, type WireEntry } from './sip-transport.ts';

/** What an agent does with a call that arrives. */
export type Behaviour = (call: SipCall) => void;

/** A telephone, a trunk of the telco, or the whole outside world: whatever speaks SIP to the PBX. */
export interface SipAgent {
  readonly address: string;
  readonly user: string;
  /** `contact`: user part of the Contact, the agent's own user when absent. */
  register(contact?: string): Promise<void>;
  unregister(): Promise<void>;
  /** Places a call to a number of the PBX. */
  call(number: string, options?: CallOptions): Promise<SipCall>;
  /** Sets what happens with calls that arrive from now on. */
  behave(behaviour: Behaviour): void;
  /** The next call that arrived and was not asked for yet; waits for it if need be. */
  nextCall(timeoutMs?: number): Promise<SipCall>;
  /** Drops the arrived calls that nobody asked for. */
  forgetCalls(): void;
  /** Every call ever, oldest first. */
  calls(): readonly SipCall[];
  /** Every message ever, with wall times. */
  wire(): readonly WireEntry[];
  close(): void;
}

export interface CallOptions {
  /** Caller's number; the agent's own user when absent. */
  readonly number?: string | Uint8Array;
  /** Display name, raw bytes allowed (GBK). */
  readonly name?: string | Uint8Array;
  /** The whole From value without tag, instead of number and name: may hold %0d%0a and other malice. */
  readonly rawFrom?: string | Uint8Array;
  /** The whole To value, when it shall differ from the request line. */
  readonly rawTo?: string | Uint8Array;
  /** P-Asserted-Identity, Diversion, History-Info … */
  readonly headers?: readonly (readonly [string, string | Uint8Array])[];
  /** What is said after the answer in place of the agent's own voice. */
  readonly voice?: Buffer;
}

export interface AgentSettings {
  readonly address: string;
  readonly port?: number;
  readonly pbx: Peer;
  readonly user: string;
  /** Present: requests are answered with digest authentication. */
  readonly password?: string;
  /** What is said after the answer; null sends no RTP at all. */
  readonly voice: Buffer | null;
  readonly behaviour: Behaviour;
  /** Where the sequence numbers of each call's packets begin; anywhere when absent. */
  readonly firstSequence?: () => number;
}

/** Opens an agent on its address. */
export async function createSipAgent(settings: AgentSettings): Promise<SipAgent> {
  const { pbx, user } = settings;
  const calls = new Map<string, SipCall>();
  const unclaimed: SipCall[] = [];
  const claimants: ((call: SipCall) => void)[] = [];
  const registrations = new Map<string, (response: SipMessage) => void>();
  let behaviour = settings.behaviour;
  let registerSequence = 0;
  const registrationId = `reg-${token()}`;

  const transport = await openSipTransport(settings.address, settings.port ?? 5060, (message, peer) => {
    const call = calls.get(header(message, 'call-id'));
    if (call) return call.receive(message, peer);
    if (statusOf(message) !== null) return registrations.get(header(message, 'call-id'))?.(message);
    if (methodOf(message) === 'INVITE') return void arrive(message, peer);
    if (methodOf(message) !== 'ACK') answerOutsideDialog(message, peer);
  });

  const authorize = (challenge: SipMessage, request: SipMessage): SipMessage => {
    const isProxy = statusOf(challenge) === 407;
    const value = header(challenge, isProxy ? 'proxy-authenticate' : 'www-authenticate');
    const [method = '', uri = ''] = request.startLine.split(' ');
    const account = { user, password: settings.password ?? '' };
    const [number = '0', name = ''] = header(request, 'cseq').split(' ');
    const headers = request.headers.map(([key, old]): SipHeader => {
      if (key === 'CSeq') return [key, `${Number(number) + 1} ${name}`];
      return key === 'Via' ? [key, via()] : [key, old];
    });
    return {
      ...request,
      headers: [
        ...headers,
        [isProxy ? 'Proxy-Authorization' : 'Authorization', answerChallenge(value, { method, uri }, account)],
      ],
    };
  };
  const via = () => `SIP/2.0/UDP ${transport.address}:${transport.port};rport;branch=z9hG4bK${token()}`;
  const partsOfCall = async (): Promise<CallParts> => ({
    transport,
    rtp: await openRtp(settings.address, settings.firstSequence?.()),
    voice: settings.voice,
    authorize,
  });

  async function arrive(invite: SipMessage, peer: Peer): Promise<void> {
    const call = takeCall(await partsOfCall(), peer, invite);
    calls.set(call.id, call);
    const claimant = claimants.shift();
    if (claimant) claimant(call);
    else unclaimed.push(call);
    behaviour(call);
  }

  function answerOutsideDialog(request: SipMessage, peer: Peer): void {
    const isGone = methodOf(request) === 'BYE' || methodOf(request) === 'CANCEL';
    transport.respond(peer, {
      startLine: isGone ? 'SIP/2.0 481 Call/Transaction Does Not Exist' : 'SIP/2.0 200 OK',
      headers: [
        ...headersOf(request, 'via'),
        ['From', header(request, 'from')],
        ['To', `${header(request, 'to')};tag=${token()}`],
        ['Call-ID', header(request, 'call-id')],
        ['CSeq', header(request, 'cseq')],
      ],
      body: '',
    });
  }

  async function sendRegister(expires: number, contact = user): Promise<void> {
    const place = `<sip:${user}@${pbx.address}>`;
    registerSequence += 2;
    const first: SipMessage = {
      startLine: `REGISTER sip:${pbx.address} SIP/2.0`,
      headers: [
        ['Via', via()],
        ['Max-Forwards', '70'],
        ['From', `${place};tag=${token()}`],
        ['To', place],
        ['Call-ID', registrationId],
        ['CSeq', `${registerSequence} REGISTER`],
        ['Contact', `<sip:${contact}@${transport.address}:${transport.port}>;expires=${expires}`],
      ],
      body: '',
    };
    const challenge = await ask(first);
    const answer = statusOf(challenge) === 401 ? await ask(authorize(challenge, first)) : challenge;
    if (statusOf(answer) !== 200) throw new Error(`${user}: REGISTER refused: ${answer.startLine}`);
  }

  function ask(message: SipMessage): Promise<SipMessage> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${user}: REGISTER was not answered`)), 8_000);
      registrations.set(registrationId, (response) => {
        if (header(response, 'cseq') !== header(message, 'cseq') || (statusOf(response) ?? 0) < 200) return;
        clearTimeout(timer);
        resolve(response);
      });
      transport.request(pbx, message);
    });
  }

  return {
    address: settings.address,
    user,
    register: (contact) => sendRegister(3600, contact),
    unregister: () => sendRegister(0),
    async call(number, options = {}) {
      const target = `sip:${bytes(number)}@${pbx.address}`;
      const name = options.name === undefined ? '' : `"${bytes(options.name)}" `;
      const from = options.rawFrom ?? '';
      const own = `${name}<sip:${bytes(options.number ?? user)}@${transport.address}>`;
      const invite: SipMessage = {
        startLine: `INVITE ${target} SIP/2.0`,
        headers: [
          ['Via', via()],
          ['Max-Forwards', '70'],
          ['From', `${from === '' ? own : bytes(from)};tag=${token()}`],
          ['To', options.rawTo === undefined ? `<${target}>` : bytes(options.rawTo)],
          ['Call-ID', `${token()}@${transport.address}`],
          ['CSeq', '1 INVITE'],
          ['Contact', `<sip:${user}@${transport.address}:${transport.port}>`],
          ['Allow', 'INVITE, ACK, CANCEL, BYE, REFER, NOTIFY, OPTIONS, INFO, UPDATE'],
          ['Supported', 'replaces'],
          ...(options.headers ?? []).map(([key, value]): SipHeader => [key, bytes(value)]),
        ],
        body: '',
      };
      const parts = await partsOfCall();
      const call = placeCall({ ...parts, voice: options.voice ?? parts.voice }, pbx, invite);
      calls.set(call.id, call);
      return call;
    },
    behave(next) {
      behaviour = next;
    },
    nextCall(timeoutMs = 10_000) {
      const waiting = unclaimed.shift();
      if (waiting) return Promise.resolve(waiting);
      return new Promise((resolve, reject) => {
        const claimant = (call: SipCall) => {
          clearTimeout(timer);
          resolve(call);
        };
        const timer = setTimeout(() => {
          claimants.splice(claimants.indexOf(claimant), 1);
          reject(new Error(`${user}: no call arrived within ${timeoutMs} ms`));
        }, timeoutMs);
        claimants.push(claimant);
      });
    },
    forgetCalls() {
      unclaimed.length = 0;
    },
    calls: () => [...calls.values()],
    wire: () => transport.wire(),
    close() {
      for (const call of calls.values()) call.hangUp();
      transport.close();
    },
  };
}
