/**
 * The cookie of a log-in; only user of `@fastify/cookie`. Two names, because a browser that once got a Secure cookie over
 * HTTPS refuses to let plain HTTP of the same host set one of that name, and cookies do not know ports.
 */
import type { IncomingMessage } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import type { SeenFrom } from './seen-from.ts';

/** `__Host-` makes browsers insist on Secure, Path=/ and no Domain. */
const OVER_HTTPS = '__Host-dutyline';
const OVER_HTTP = 'dutyline';
/** Outlives the session it names: the server decides when a log-in ends, a browser restart does not. */
const MAX_AGE_S = 7 * 24 * 3_600;

/** Before any of the functions below: 11.1 loads its parser when it is registered, and only then. */
export async function addCookies(app: FastifyInstance): Promise<void> {
  await app.register(fastifyCookie);
}

/** Set-Cookie text that gives the browser its secret. */
export function setCookie(token: string, seen: SeenFrom): string {
  return serialize(token, seen, MAX_AGE_S);
}

/** Set-Cookie text that takes it away. */
export function clearCookie(seen: SeenFrom): string {
  return serialize('', seen, 0);
}

/** The session's secret a request carries; undefined without one. */
export function tokenOf(request: IncomingMessage, seen: SeenFrom): string | undefined {
  const header = request.headers.cookie;
  if (header === undefined || header.length > 8_192) return undefined;
  return fastifyCookie.parse(header)[nameOf(seen)];
}

function serialize(value: string, seen: SeenFrom, maxAge: number): string {
  const secure = seen.protocol === 'https';
  return fastifyCookie.serialize(nameOf(seen), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge,
  });
}

function nameOf(seen: SeenFrom): string {
  return seen.protocol === 'https' ? OVER_HTTPS : OVER_HTTP;
}
