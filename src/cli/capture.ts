/** `dutyline capture PBX FILE`: the bytes of the listen log-in, exactly as read from the socket, for `explain` and for tests. */
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createListenSession, LISTEN_TIMING, type ListenState } from '../asterisk/listen/listen-session.ts';
import type { Config } from '../config/config.ts';
import { CommandRefused, remark } from './terminal.ts';

/**
 * Writes until SIGINT or SIGTERM, or for `seconds`. A lost connection is opened again and its bytes are appended: each begins
 * with Asterisk's banner. Throws `CommandRefused` when there is no such PBX, the file exists, or the log-in never succeeds.
 */
export async function capture(
  config: Config,
  id: string,
  file: string,
  seconds: number | null,
): Promise<void> {
  const pbx = config.pbxs.find((known) => known.id === id);
  if (pbx === undefined) {
    const known = config.pbxs.map((other) => other.id).join(', ') || 'none is configured';
    throw new CommandRefused(`There is no PBX "${id}" in dutyline.yaml; PBXs: ${known}.`);
  }
  // Numbers and names of callers: for nobody else on this machine, and never over an earlier capture.
  const target = await open(file, 'wx', 0o600).catch((failure: unknown) => {
    throw new CommandRefused(`${file} was not made (${codeOf(failure)}); capture does not overwrite.`);
  });
  const bytes = target.createWriteStream();
  const ended = Promise.withResolvers<ListenState | null>();
  let wasUp = false;
  const session = createListenSession(
    {
      host: pbx.host,
      port: pbx.port,
      tls: pbx.tls,
      username: pbx.listen.username,
      secret: pbx.listen.secret.reveal(),
    },
    {
      input: () => undefined,
      bytes: (chunk) => void bytes.write(Buffer.from(chunk)),
      state(state) {
        if (state.state === 'up' && !wasUp) remark(`Capturing from ${id} into ${file}; Ctrl+C ends it.`);
        if (state.state === 'down') remark(state.reason?.en ?? 'The connection is down.');
        if (state.state === 'down' && !wasUp) ended.resolve(state);
        wasUp ||= state.state === 'up';
      },
    },
    Date.now,
    Math.random,
    { ...LISTEN_TIMING, connectWithinMs: pbx.timeouts.connectMs, answerWithinMs: pbx.timeouts.answerMs },
  );
  const stop = () => ended.resolve(null);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const timer = seconds === null ? undefined : setTimeout(stop, seconds * 1_000);
  const failed = await ended.promise;
  clearTimeout(timer);
  session.stop();
  bytes.end();
  await once(bytes, 'close');
  if (failed !== null) throw new CommandRefused(`Nothing was captured from ${id}.`);
  const counts = session.counts();
  remark(
    `${counts.bytes} bytes, ${counts.events} events, ${counts.forged} forged or broken pieces in ${file}.`,
  );
}

function codeOf(failure: unknown): string {
  return failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown reason';
}
