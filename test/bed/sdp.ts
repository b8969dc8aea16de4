/** What an agent offers or answers for its sound: G.711 and telephone events at one address. */
export interface MediaOffer {
  readonly address: string;
  readonly port: number;
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
}

const PAYLOADS = { pcma: 8, dtmf: 101 } as const;

/** The SDP of an agent. A-law only: that is what Chinese trunks speak, and one codec makes the packets countable. */
export function writeSdp(offer: MediaOffer, version: number): string {
  return [
    'v=0',
    `o=- 1 ${version} IN IP4 ${offer.address}`,
    's=-',
    `c=IN IP4 ${offer.address}`,
    't=0 0',
    `m=audio ${offer.port} RTP/AVP ${PAYLOADS.pcma} ${PAYLOADS.dtmf}`,
    `a=rtpmap:${PAYLOADS.pcma} PCMA/8000`,
    `a=rtpmap:${PAYLOADS.dtmf} telephone-event/8000`,
    `a=fmtp:${PAYLOADS.dtmf} 0-16`,
    'a=ptime:20',
    `a=${offer.direction}`,
    '',
  ].join('\r\n');
}

/** Reads the far end's address, port and direction; null without an audio line. */
export function readSdp(body: string): MediaOffer | null {
  const port = /^m=audio (\d+)/m.exec(body)?.[1];
  const address = /^c=IN IP4 (\S+)/m.exec(body)?.[1];
  if (port === undefined || address === undefined) return null;
  const said = /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(body)?.[1];
  const direction = said === 'sendonly' || said === 'recvonly' || said === 'inactive' ? said : 'sendrecv';
  return { address, port: Number(port), direction };
}
