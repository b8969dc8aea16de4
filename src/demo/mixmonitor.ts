/**
 * MixMonitor of the demonstration: files that come, grow in steps of 32,768 bytes and get their header on closing, as
 * Asterisk's do, so that the light and the attaching are seen at work. Writes below its own folder and nowhere else.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { conversation, SAMPLE_RATE, tune, wavHead } from './sound.ts';

/** What can be heard on a channel at a moment. */
export type Hearing = 'nothing' | 'tune' | 'talk';

interface MixMonitorOrder {
  readonly uniqueid: string;
  readonly file: string;
  /** As AMI's Options: `b` only while bridged, `r()` and `t()` each side apart, `i()` a variable for the id. */
  readonly options: string;
}

export interface MixMonitors {
  /** Opens the files; the id of the MixMonitor, or null when the file is not below the folder. */
  start(order: MixMonitorOrder, hearing: Hearing): string | null;
  /** What is heard on the channel from now on. */
  hear(uniqueid: string, hearing: Hearing): void;
  /** Closes one (by id) or, on hang-up, all of the channel. False when there is none. */
  stop(uniqueid: string, id: string | null): boolean;
  /** Value of the variable `i()` named; null when there is none. */
  variable(uniqueid: string, name: string): string | null;
  /** Lets the sound flow; to be called a few times a second. */
  flow(): void;
  closeAll(): void;
}

interface Monitor {
  readonly id: string;
  readonly uniqueid: string;
  readonly variable: string | null;
  readonly bridgedOnly: boolean;
  readonly files: readonly number[];
  hearing: Hearing;
  /** Since when the present sound is heard, ms. */
  since: number;
  /** Bytes in the files, and those that wait for a whole step. */
  written: number;
  waiting: Uint8Array[];
  waitingBytes: number;
}

const STEP = 32_768;

/** `now` in ms of any clock. */
export function createMixMonitors(folder: string, now: () => number): MixMonitors {
  const monitors = new Map<string, Monitor>();
  let count = 0;

  function listen(monitor: Monitor): void {
    const at = now();
    const heard = monitor.bridgedOnly && monitor.hearing !== 'talk' ? 'nothing' : monitor.hearing;
    const samples = Math.round(((at - monitor.since) / 1_000) * SAMPLE_RATE);
    monitor.since = at;
    if (heard === 'nothing') return;
    const done = (monitor.written + monitor.waitingBytes) / 2;
    const sound = (heard === 'talk' ? conversation : tune)(done, done + samples);
    monitor.waiting.push(sound);
    monitor.waitingBytes += sound.length;
  }

  function write(monitor: Monitor, least: number): void {
    if (monitor.waitingBytes < least || monitor.waitingBytes === 0) return;
    const bytes = Buffer.concat(monitor.waiting);
    for (const file of monitor.files) writeSync(file, bytes, 0, bytes.length, 44 + monitor.written);
    monitor.written += bytes.length;
    monitor.waiting = [];
    monitor.waitingBytes = 0;
  }

  function close(monitor: Monitor): void {
    listen(monitor);
    write(monitor, 1);
    for (const file of monitor.files) {
      writeSync(file, wavHead(monitor.written), 0, 44, 0);
      closeSync(file);
    }
    monitors.delete(monitor.id);
  }

  function ofChannel(uniqueid: string): readonly Monitor[] {
    return [...monitors.values()].filter((monitor) => monitor.uniqueid === uniqueid);
  }

  return {
    start(order, hearing) {
      const names = [
        order.file,
        ...Array.from(order.options.matchAll(/[rt]\(([^)]*)\)/g), (found) => found[1] ?? ''),
      ];
      if (!names.every((name) => dirname(name) === folder && /^[\w.-]+\.wav$/.test(basename(name))))
        return null;
      const files = names.map((name) => openSync(join(folder, basename(name)), 'w'));
      for (const file of files) writeSync(file, wavHead(0), 0, 44, 0);
      const id = `0x${(++count).toString(16)}`;
      monitors.set(id, {
        id,
        uniqueid: order.uniqueid,
        variable: /i\(([^)]*)\)/.exec(order.options)?.[1] ?? null,
        bridgedOnly: /^[^(]*b/.test(order.options),
        files,
        hearing,
        since: now(),
        written: 0,
        waiting: [],
        waitingBytes: 0,
      });
      return id;
    },
    hear(uniqueid, hearing) {
      for (const monitor of ofChannel(uniqueid)) {
        listen(monitor);
        monitor.hearing = hearing;
      }
    },
    stop(uniqueid, id) {
      const stopped = ofChannel(uniqueid).filter((monitor) => id === null || monitor.id === id);
      for (const monitor of stopped) close(monitor);
      return stopped.length > 0;
    },
    variable: (uniqueid, name) =>
      ofChannel(uniqueid).find((monitor) => monitor.variable === name)?.id ?? null,
    flow() {
      for (const monitor of monitors.values()) {
        listen(monitor);
        write(monitor, STEP);
      }
    },
    closeAll() {
      for (const monitor of monitors.values()) close(monitor);
    },
  };
}
