/**
 * Watches the settings of every duty line: when a PBX is connected, on a schedule, on demand, and shortly after a forwarding code was
 * dialled from a duty phone. One audit at a time: the PBX has calls to carry.
 */
import type { TrackerInput } from '../calls/tracker-input.ts';
import { type DialledForwarding, type ForwardingCode, forwardingCode } from '../diagnosis/forwarding-code.ts';
import type { SettingsAudit } from '../diagnosis/line-audit.ts';
import type { OfficeLine } from '../duty/office.ts';
import type { PbxSetup } from '../lines/duty-line.ts';
import { createLineMatch } from '../lines/line-match.ts';
import type { Log } from '../web/log.ts';
import { auditLine } from './audit-line.ts';
import { nextTimeOfDay } from './nightly.ts';
import type { SettingsReaders } from './settings-reading.ts';

/** A forwarding code, as it was dialled from a phone of the line. */
export interface CodeDialled extends DialledForwarding {
  readonly line: string;
  /** Channel of the phone. */
  readonly channel: string;
  /** Integer ms UTC. */
  readonly at: number;
}

export interface SettingsWatchDeps {
  readonly lines: () => readonly OfficeLine[];
  readonly setups: readonly PbxSetup[];
  /** Null for a PBX without a control log-in: its lines are not audited. */
  readonly readersOf: (pbx: string) => SettingsReaders | null;
  /** Contexts in which calls of the PBX's trunks arrive; empty: the PBX is asked. */
  readonly contextsOf: (pbx: string) => readonly string[];
  readonly approvedSoundsOf: (line: string) => readonly string[];
  readonly schedule: SettingsSchedule;
  readonly codes: readonly ForwardingCode[];
  readonly onAudit: (audit: SettingsAudit) => void;
  /** An audit that came to no end: nothing is known of the line's settings. `at` in integer ms UTC. */
  readonly onFailed: (line: string, at: number) => void;
  readonly onCode: (code: CodeDialled) => void;
  readonly now: () => number;
  readonly log: Log;
}

export interface SettingsSchedule {
  readonly everyMs: number;
  /** Times of day, `07:50`: before each 交班. */
  readonly at: readonly string[];
  /** How long after a connection, and after a code was dialled. */
  readonly afterConnectionMs?: number;
  readonly afterCodeMs: number;
  readonly timeZone: string;
}

export interface SettingsWatch {
  /** What a PBX says, beside the tracker. */
  see(pbx: string, input: TrackerInput): void;
  /** Audits one line now, behind those under way; null when there is no such line, or nobody may ask its PBX. */
  audit(line: string): Promise<SettingsAudit | null>;
  /** What is under way ends unheard, as soon as the log-in that it asks by is stopped. */
  close(): void;
}

const AFTER_CONNECTION_MS = 3_000;

export function startSettingsWatch(deps: SettingsWatchDeps): SettingsWatch {
  const { lines, setups, schedule, now, log } = deps;
  const { afterConnectionMs = AFTER_CONNECTION_MS, afterCodeMs } = schedule;
  const timers = new Set<NodeJS.Timeout>();
  const waiting = new Map<string, Promise<SettingsAudit | null>>();
  let last: Promise<unknown> = Promise.resolve();
  let ended = false;

  function audit(id: string): Promise<SettingsAudit | null> {
    const standing = waiting.get(id);
    if (standing !== undefined) return standing;
    const made = last.then(() => {
      waiting.delete(id);
      return ended ? null : auditNow(id);
    });
    waiting.set(id, made);
    last = made.catch((error: unknown) => {
      log('error', 'settings-audit-failed', { line: id, error: String(error) });
      if (!ended) deps.onFailed(id, now());
    });
    return made;
  }

  async function auditNow(id: string): Promise<SettingsAudit | null> {
    const line = lines().find((one) => one.id === id);
    const setup = setups.find(({ pbx }) => pbx === line?.pbx);
    const readers = setup === undefined ? null : deps.readersOf(setup.pbx);
    if (line === undefined || setup === undefined || readers === null) return null;
    const found = await auditLine(
      { line, setup, contexts: deps.contextsOf(setup.pbx), approvedSounds: deps.approvedSoundsOf(id) },
      readers,
    );
    const audit: SettingsAudit = { type: 'settings-audit', line: id, at: now(), ...found };
    if (ended) return null;
    log('info', 'settings-audit', {
      line: id,
      rules: found.suspicions.map(({ rule }) => rule),
      unreadable: found.unreadable.map(({ what }) => what),
    });
    deps.onAudit(audit);
    return audit;
  }

  function auditAll(ids: readonly string[]): void {
    // Each failure is in the log by then.
    for (const id of ids) audit(id).catch(() => undefined);
  }

  function after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms).unref();
    timers.add(timer);
  }

  function plan(): void {
    if (ended) return;
    const at = now();
    const times = schedule.at.map((time) => nextTimeOfDay(at, time, schedule.timeZone));
    after(Math.min(at + schedule.everyMs, ...times) - at, () => {
      auditAll(lines().map(({ id }) => id));
      plan();
    });
  }

  function linesOf(pbx: string): readonly string[] {
    return lines().flatMap((line) => (line.pbx === pbx ? [line.id] : []));
  }

  function seeCode(pbx: string, channel: string, dialled: string, at: number): void {
    const code = forwardingCode(dialled, deps.codes);
    const setup = setups.find((one) => one.pbx === pbx);
    const line = code === null || setup === undefined ? null : createLineMatch(setup).lineForPhone(channel);
    if (code === null || line === null) return;
    deps.onCode({ ...code, line: line.id, channel, at });
    after(afterCodeMs, () => auditAll([line.id]));
  }

  plan();
  return {
    audit,
    see(pbx, input) {
      if (ended) return;
      if (input.type === 'link-up') after(afterConnectionMs, () => auditAll(linesOf(pbx)));
      // A phone that is called has `s` here, one that calls what was dialled.
      if (input.type === 'event' && input.event.type === 'Newchannel') {
        const { channel, exten } = input.event;
        seeCode(pbx, channel, exten, input.receivedAt);
      }
    },
    close() {
      ended = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
