import type { SoundTrail } from '../../../src/calls/sound-trail.ts';

/** An answered call of 30 s on a line that the PBX records, but for what a test says. */
export function trail(linkedid: string, startedAt: number, more: Partial<SoundTrail> = {}): SoundTrail {
  return {
    call: `call-${linkedid}`,
    pbx: 'pbx-1',
    linkedid,
    generation: 1,
    room: 'room-1',
    line: 'line-1',
    mode: 'pbx',
    direction: 'inbound',
    uniqueids: [linkedid],
    named: [],
    numbers: ['09548887777', '2030000', '1001'],
    startedAt,
    endedAt: startedAt + 30_000,
    lastTransferAt: null,
    offsetMs: 0,
    talkSeconds: 25,
    ...more,
  };
}
