/**
 * The log-in with write class `system`, which is a shell on the PBX: the MixMonitor action has a `Command:` header that
 * runs as Asterisk's user (16 and 22). So this file alone decides what such a log-in may say: MixMonitor and
 * StopMixMonitor, the file always the configured base and digits, the channel always named by its Uniqueid and never by
 * its name, which on DAHDI holds a caller's number. (Log-in, `Ping` and `ListCommands` take nothing from anybody.)
 * `test/asterisk/control/recorder-session.test.ts` listens on the wire.
 */

import { type Answer, failed } from '../trouble.ts';
import type { AmiManager } from './ami-manager.ts';

/** What is recorded: the talk from the bridge on with both sides apart, or all that was heard before an answer. */
type RecordedPart = 'talk' | 'before-answer';

export interface RecordingOrder {
  readonly uniqueid: string;
  readonly part: RecordedPart;
  /** Makes the file's name unique, also for a Uniqueid that comes again: integer ms of our clock. */
  readonly mark: number;
  /** Who sits at the channel's end: what is received from it is that side, what it is sent the other. */
  readonly end: 'outside' | 'room';
}

export interface RecorderSession {
  /** Path on the PBX of the order's file; null when Uniqueid or mark are not digits. */
  pathOf(order: RecordingOrder): string | null;
  /** Success means that the PBX took the order, not that a file grows (it says Success to impossible paths too). */
  start(order: RecordingOrder): Promise<Answer<string>>;
  /** Stops the one MixMonitor with this id (`RECORDING_ID_VARIABLE` of the channel holds it after `start`). */
  stop(uniqueid: string, mixMonitorId: string): Promise<Answer<null>>;
}

/** Channel variable in which MixMonitor leaves its id for a file of before the answer. */
export const RECORDING_ID_VARIABLE = 'DUTYLINE_BEFORE_ANSWER';

/** With `systemname` set in asterisk.conf a Uniqueid has a name in front; such a PBX cannot be recorded by AMI. */
const UNIQUEID = /^\d{1,12}\.\d{1,12}$/;
const MIXMONITOR_ID = /^(0x)?[0-9a-f]{1,32}$/i;

/**
 * Wraps the recorder's log-in. `base` is the folder on the PBX, absolute, by configuration.
 * Throws when `base` could say anything but a folder to MixMonitor.
 */
export function createRecorderSession(manager: AmiManager, base: string): RecorderSession {
  if (!/^\/[A-Za-z0-9_./-]{1,400}$/.test(base) || base.split('/').includes('..')) {
    throw new Error(
      `recording base "${base}" must be an absolute folder of letters, digits, "_", "-" and "."`,
    );
  }
  const folder = base.replace(/\/+$/, '');

  function stemOf(order: RecordingOrder): string | null {
    if (!UNIQUEID.test(order.uniqueid) || !Number.isSafeInteger(order.mark) || order.mark < 0) return null;
    return `${folder}/${order.uniqueid}-${order.mark}`;
  }

  function pathOf(order: RecordingOrder): string | null {
    const stem = stemOf(order);
    return stem && (order.part === 'talk' ? `${stem}.wav` : `${stem}-before.wav`);
  }

  return {
    pathOf,
    async start(order) {
      const stem = stemOf(order);
      const file = pathOf(order);
      if (stem === null || file === null) return failed('ami-unsafe-value', 'MixMonitor');
      // S: silence where one side sent no packets, else the two files drift apart. 22 does so anyway and says so in its log.
      const [received, sent] = order.end === 'outside' ? ['caller', 'desk'] : ['desk', 'caller'];
      const options =
        order.part === 'talk'
          ? `bSr(${stem}-${received}.wav)t(${stem}-${sent}.wav)`
          : `i(${RECORDING_ID_VARIABLE})`;
      const answer = await manager.send({
        action: 'MixMonitor',
        headers: { Channel: order.uniqueid, File: file, Options: options },
      });
      return answer.ok ? { ok: true, value: file } : answer;
    },
    async stop(uniqueid, mixMonitorId) {
      if (!UNIQUEID.test(uniqueid) || !MIXMONITOR_ID.test(mixMonitorId)) {
        return failed('ami-unsafe-value', 'StopMixMonitor');
      }
      const answer = await manager.send({
        action: 'StopMixMonitor',
        headers: { Channel: uniqueid, MixMonitorID: mixMonitorId },
      });
      return answer.ok ? { ok: true, value: null } : answer;
    },
  };
}
