/**
 * SIP messages as the agents need them. All texts are "byte strings" (one character per byte, latin1), so that
 * an agent can send and receive any bytes: UTF-8, GBK, %0d%0a, broken sequences.
 */
export interface SipMessage {
  /** `INVITE sip:… SIP/2.0` or `SIP/2.0 180 Ringing`. */
  readonly startLine: string;
  readonly headers: readonly SipHeader[];
  readonly body: string;
}

export type SipHeader = readonly [name: string, value: string];

const SHORT_NAMES: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
  r: 'refer-to',
  b: 'referred-by',
};

/** A text or raw bytes → byte string, ready to be put into a header. */
export function bytes(text: string | Uint8Array): string {
  return Buffer.from(typeof text === 'string' ? new TextEncoder().encode(text) : text).toString('latin1');
}

/** Reads one datagram; null when it is not SIP (a keep-alive). */
export function readMessage(datagram: Buffer): SipMessage | null {
  const text = datagram.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [startLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line): SipHeader => {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    return [SHORT_NAMES[name] ?? name, line.slice(colon + 1).trim()];
  });
  return { startLine, headers, body: text.slice(end + 4) };
}

/** The datagram of a message; Content-Length is added. */
export function writeMessage(message: SipMessage): Buffer {
  const headers = message.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const text = `${message.startLine}\r\n${headers}Content-Length: ${message.body.length}\r\n\r\n${message.body}`;
  return Buffer.from(text, 'latin1');
}

/** The first header of this name, or an empty text. */
export function header(message: SipMessage, name: string): string {
  const wanted = name.toLowerCase();
  return message.headers.find(([candidate]) => candidate.toLowerCase() === wanted)?.[1] ?? '';
}

/** All headers of this name, in order. */
export function headersOf(message: SipMessage, name: string): SipHeader[] {
  const wanted = name.toLowerCase();
  return message.headers.filter(([candidate]) => candidate.toLowerCase() === wanted);
}

/** The status of a response, null for a request. */
export function statusOf(message: SipMessage): number | null {
  const match = /^SIP\/2\.0 (\d{3})/.exec(message.startLine);
  return match ? Number(match[1]) : null;
}

/** The method: of a request from its first line, of a response from CSeq. */
export function methodOf(message: SipMessage): string {
  const ofResponse = header(message, 'cseq').split(/\s+/)[1] ?? '';
  return statusOf(message) === null ? (message.startLine.split(' ')[0] ?? '') : ofResponse;
}

/** A parameter such as tag or branch of a header value, or an empty text. */
export function parameter(value: string, name: string): string {
  return new RegExp(`;\\s*${name}=([^;,\\s>]+)`, 'i').exec(value)?.[1] ?? '';
}

/** The URI inside a From, To, Contact or Refer-To value, without <> and outer parameters. */
export function uriOf(value: string): string {
  return /<([^>]*)>/.exec(value)?.[1] ?? (value.split(';')[0] ?? '').trim();
}

/** The user part of the URI of a header value. */
export function userOf(value: string): string {
  return /^sips?:([^@;>]*)@/i.exec(uriOf(value))?.[1] ?? '';
}
