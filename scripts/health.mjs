#!/usr/bin/env node
/**
 * The health check of the container: exit code 0 when the service on this machine (port PORT, else 8080) answers and can keep what
 * it hears, else 1 and a line that says why. A PBX that is away does not count: no container would be any better, and a monitor
 * that should ring for it asks `/health` itself.
 */
import { get } from 'node:https';

const PATIENCE_MS = 8_000;

const request = get({
  host: '127.0.0.1',
  port: Number(process.env.PORT || 8080),
  path: '/health',
  // It never leaves this machine, and a certificate of the office's own names the office's address.
  rejectUnauthorized: false,
  signal: AbortSignal.timeout(PATIENCE_MS),
});
request.on('error', (failure) => say(1, `no answer: ${failure.message}`));
request.on('response', (response) => {
  report(response).catch((failure) => say(1, `no answer that can be read: ${failure.message}`));
});

async function report(response) {
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  const { database, recordings } = JSON.parse(body);
  say(database === 'ok' && recordings === 'ok' ? 0 : 1, `database ${database}, recordings ${recordings}`);
}

function say(code, line) {
  process.stdout.write(`${line}\n`);
  process.exitCode = code;
}
