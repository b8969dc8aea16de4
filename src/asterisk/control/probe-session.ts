/**
 * The log-in that places calls of our own (拨测). It needs `originate` for that, and `system` for the MixMonitor action (it allows
 * Hangup too); and `system` is a shell on the PBX (16 and 22). So this file alone decides what such a log-in may say:
 * - Originate of one number on one of the configured trunks, under a Uniqueid of a probe, ended by the PBX itself after its
 *   time, and when it is answered the application Hangup, or Playback of the one configured notice;
 * - MixMonitor of the channel of such a Uniqueid, into a file of base and Uniqueid;
 * - Hangup of the channel of such a Uniqueid.
 * `test/asterisk/control/probe-session.test.ts` listens on the wire. Why it is an account of its own: docs/decisions/0012.
 */
import { isProbeChannel } from '../../lines/probe-channel.ts';
import { type Answer, failed } from '../trouble.ts';
import type { AmiManager } from './ami-manager.ts';

export interface ProbeCall {
  /** One of the trunks the session was made for: `PJSIP/telco2`. */
  readonly trunk: string;
  /** Digits as the trunk wants them, `+`, `*` and `#` too. */
  readonly digits: string;
  /** What the called side is to see; null: whatever the trunk shows. */
  readonly caller: string | null;
  /** `probeChannelOf(…)`. */
  readonly channelId: string;
  /** Asterisk cancels it after so long, whether or not anybody is left to ask for it. */
  readonly ringMs: number;
}

export interface ProbeSession {
  /** Success means that the PBX took the order; what comes of it comes as events. */
  place(call: ProbeCall): Promise<Answer<null>>;
  /** Records what the channel receives; to be said at its Newchannel. Answers with the file's path on the PBX. */
  record(channelId: string): Promise<Answer<string>>;
  /** Ends it; a channel that is gone already is no trouble. */
  hangUp(channelId: string): Promise<Answer<null>>;
  /** Path on the PBX of what `record` writes. */
  pathOf(channelId: string): string;
}

export interface ProbeSessionRules {
  /** Folder of recordings on the PBX, absolute; null: nothing can be recorded. */
  readonly base: string | null;
  readonly trunks: readonly string[];
  /** A sound file of the PBX, without its ending, that an answered probe plays; null: it hangs up at once. */
  readonly notice: string | null;
}

/** A folder of its own below the base: these files are no recordings of calls. */
export const PROBE_FOLDER = 'dutyline-probes';

const TRUNK = /^[A-Za-z][A-Za-z0-9]*\/[A-Za-z0-9_.-]{1,79}$/;
const DIGITS = /^\+?[0-9*#]{2,32}$/;
const CALLER = /^\+?[0-9]{3,20}$/;
const NOTICE = /^\/?[A-Za-z0-9][A-Za-z0-9_/-]{0,78}$/;
const LONGEST_RING_MS = 120_000;

/** Wraps the log-in. Throws when a rule could say anything but a folder, a trunk or a file. */
export function createProbeSession(manager: AmiManager, rules: ProbeSessionRules): ProbeSession {
  const { base, trunks, notice } = rules;
  if (base !== null && (!/^\/[A-Za-z0-9_./-]{1,400}$/.test(base) || base.split('/').includes('..')))
    throw new Error(
      `recording base "${base}" must be an absolute folder of letters, digits, "_", "-" and "."`,
    );
  for (const trunk of trunks) if (!TRUNK.test(trunk)) throw new Error(`"${trunk}" is no trunk to call by`);
  if (notice !== null && !NOTICE.test(notice)) throw new Error(`"${notice}" is no sound file of a PBX`);
  const folder = `${(base ?? '').replace(/\/+$/, '')}/${PROBE_FOLDER}`;
  const pathOf = (channelId: string) => `${folder}/${channelId}.wav`;

  return {
    pathOf,
    async place({ trunk, digits, caller, channelId, ringMs }) {
      const isSafe =
        trunks.includes(trunk) &&
        DIGITS.test(digits) &&
        (caller === null || CALLER.test(caller)) &&
        isProbeChannel(channelId) &&
        Number.isSafeInteger(ringMs) &&
        ringMs >= 1_000 &&
        ringMs <= LONGEST_RING_MS;
      if (!isSafe) return failed('ami-unsafe-value', 'Originate');
      const answer = await manager.send({
        action: 'Originate',
        headers: {
          Channel: channelTo(trunk, digits),
          ...(notice === null
            ? { Application: 'Hangup', Data: '16' }
            : { Application: 'Playback', Data: notice }),
          Timeout: String(ringMs),
          ChannelId: channelId,
          ...(caller === null ? {} : { CallerID: caller }),
          EarlyMedia: 'false',
          // Without it the session hears nothing until the call is answered.
          Async: 'true',
        },
      });
      return answer.ok ? { ok: true, value: null } : answer;
    },
    async record(channelId) {
      if (base === null || !isProbeChannel(channelId)) return failed('ami-unsafe-value', 'MixMonitor');
      // r: only what comes from the far end, not our own notice. A file without it would hold both.
      const headers = { Channel: channelId, Options: `r(${pathOf(channelId)})` };
      const answer = await manager.send({ action: 'MixMonitor', headers });
      return answer.ok ? { ok: true, value: pathOf(channelId) } : answer;
    },
    async hangUp(channelId) {
      if (!isProbeChannel(channelId)) return failed('ami-unsafe-value', 'Hangup');
      const answer = await manager.send({ action: 'Hangup', headers: { Channel: channelId, Cause: '16' } });
      if (answer.ok || /no such channel/i.test(answer.trouble.en)) return { ok: true, value: null };
      return answer;
    },
  };
}

/** As Originate names a channel of this technology: PJSIP puts the number before the trunk, all others behind it. */
function channelTo(trunk: string, digits: string): string {
  const slash = trunk.indexOf('/');
  const [technology, name] = [trunk.slice(0, slash), trunk.slice(slash + 1)];
  return technology === 'PJSIP' ? `PJSIP/${digits}@${name}` : `${technology}/${name}/${digits}`;
}
