/** The four steps of a probe as a person watches them: 拨出 → 振铃 → 回铃音 → 到达核对. Pure. */
import type { Found, Probe } from './probe.ts';

export interface ProbeStep {
  readonly step: 'dialled' | 'rang' | 'heard' | 'arrival';
  readonly state: 'waiting' | 'running' | 'good' | 'bad' | 'unknown' | 'skipped';
  /** After the probe was dialled; null before it is over. */
  readonly seconds: number | null;
}

export function stepsOf(probe: Probe): readonly ProbeStep[] {
  const after = (at: number | null | undefined) =>
    at == null || probe.dialledAt === null ? null : Math.max(0, (at - probe.dialledAt) / 1_000);
  const ringing = probe.rangAt ?? probe.soundedAt;
  const heardAt = probe.conclusion === null ? null : (probe.end?.at ?? null);
  return [
    { step: 'dialled', state: dialled(probe), seconds: after(probe.dialledAt) },
    { step: 'rang', state: rang(probe), seconds: after(ringing ?? probe.end?.at) },
    { step: 'heard', state: heard(probe), seconds: after(heardAt) },
    { step: 'arrival', state: arrival(probe), seconds: after(probe.arrivedAt) },
  ];
}

function dialled({ dialledAt, placedAt, end }: Probe): ProbeStep['state'] {
  if (dialledAt !== null) return 'good';
  if (end !== null) return 'bad';
  return placedAt === null ? 'waiting' : 'running';
}

function rang({ dialledAt, rangAt, soundedAt, answeredAt, end, order }: Probe): ProbeStep['state'] {
  if (rangAt !== null || soundedAt !== null) return 'good';
  if (end === null) return dialledAt === null ? 'waiting' : 'running';
  if (dialledAt === null) return 'skipped';
  // A line that is kept busy shall say so.
  if (end.ending === 'busy') return order.scope === 'busy' ? 'good' : 'bad';
  return answeredAt === null ? 'bad' : 'unknown';
}

function heard(probe: Probe): ProbeStep['state'] {
  const { conclusion, soundedAt, hearing, rangAt, end } = probe;
  if (conclusion === null) {
    if (end !== null) return 'running';
    return soundedAt !== null || rangAt !== null ? 'running' : 'waiting';
  }
  if (hearing === null && soundedAt === null && rangAt === null) return 'skipped';
  return shown(conclusion.ringback);
}

function arrival(probe: Probe): ProbeStep['state'] {
  const { order, conclusion, arrivedAt, dialledAt } = probe;
  if (order.line === null) return 'skipped';
  if (conclusion === null) {
    if (arrivedAt !== null) return 'good';
    return dialledAt === null ? 'waiting' : 'running';
  }
  if (conclusion.arrived === true) return conclusion.forwarding === 'suspect' ? 'bad' : 'good';
  return shown(conclusion.forwarding);
}

function shown(found: Found): ProbeStep['state'] {
  switch (found) {
    case 'clean':
      return 'good';
    case 'suspect':
      return 'bad';
    case 'unknown':
      return 'unknown';
  }
}
