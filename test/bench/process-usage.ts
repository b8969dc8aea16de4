/** What a process of this machine uses, as Linux counts it. */
import { readFileSync } from 'node:fs';

const TICK_MS = 10;

/** Resident memory now and at most so far, in MB. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string) =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1_024);
  return { now: mb('VmRSS'), peak: mb('VmHWM') };
}

/** Processor time in ms, in steps of ten, of all its threads. */
export function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
