/**
 * From where a request really came: through no proxy, or through those the configuration names. Headers of anybody else
 * are not believed; that they are there at all means the peer is a proxy nobody told us about, which ends the
 * privileges of loopback.
 */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

export interface SeenFrom {
  readonly address: string;
  readonly protocol: 'http' | 'https';
  /** As the browser named us, port included: `10.1.2.3:8080`. */
  readonly host: string;
  /** The browser runs on this machine. */
  readonly loopback: boolean;
  /** Named by address or `localhost`: a page of a stranger's domain that points at 127.0.0.1 (DNS rebinding) is not. */
  readonly byAddress: boolean;
}

/** `trusted`: addresses and networks (`10.0.0.0/8`) of proxies whose X-Forwarded headers count. */
export function createSeenFrom(trusted: readonly string[]): (request: IncomingMessage) => SeenFrom {
  const proxies = listOf(trusted);
  return (request) => {
    const peer = plainAddress(request.socket.remoteAddress ?? '');
    const encrypted = 'encrypted' in request.socket && request.socket.encrypted === true;
    const direct = {
      address: peer,
      protocol: encrypted ? 'https' : 'http',
      host: request.headers.host ?? '',
    } as const;
    if (!holds(proxies, peer)) return finish(direct, !hasForwarded(request));
    return finish(
      {
        address: furthestUntrusted(request, proxies) ?? peer,
        protocol: lastOf(request, 'x-forwarded-proto') === 'https' ? 'https' : direct.protocol,
        host: lastOf(request, 'x-forwarded-host') ?? direct.host,
      },
      true,
    );
  };
}

/** True when the Origin header names the very host the browser reached us by. A missing one is not. */
export function isSameOrigin(origin: string | undefined, seen: SeenFrom): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const own = `${seen.protocol}://${seen.host}`;
  return URL.canParse(own) && new URL(origin).origin === new URL(own).origin;
}

function finish(from: Omit<SeenFrom, 'loopback' | 'byAddress'>, believed: boolean): SeenFrom {
  const name = hostName(from.host);
  return {
    ...from,
    loopback: believed && isLoopback(from.address),
    byAddress: name === 'localhost' || isIP(name) !== 0,
  };
}

function hostName(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '') : '';
}

function furthestUntrusted(request: IncomingMessage, proxies: BlockList): string | null {
  const hops = valuesOf(request, 'x-forwarded-for').map(plainAddress);
  return hops.findLast((hop) => isIP(hop) !== 0 && !holds(proxies, hop)) ?? null;
}

function hasForwarded(request: IncomingMessage): boolean {
  return ['x-forwarded-for', 'x-forwarded-host', 'forwarded'].some(
    (name) => request.headers[name] !== undefined,
  );
}

function lastOf(request: IncomingMessage, header: string): string | undefined {
  return valuesOf(request, header).at(-1);
}

function valuesOf(request: IncomingMessage, header: string): readonly string[] {
  const value = request.headers[header] ?? [];
  return [value]
    .flat()
    .flatMap((part) => part.split(','))
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function listOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(address) === 0) throw new Error(`trustProxy: ${entry} is no address`);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function holds(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** A dual-stack socket names IPv4 peers `::ffff:127.0.0.1`. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);
}
