import { buffer } from 'node:stream/consumers';
import { readWavHeader } from '../../src/recordings/wav-header.ts';
import { type Heard, inOrder, listenTo, type Party, secondsOf, secondsRoomAlone } from '../bed/tones.ts';
import type { RecordedOffice } from './recorded-office.ts';
import type { SpokenCall } from './spoken-call.ts';

/** One recording as it was kept: what is heard in the mixed file and on each side; null where there is no such file. */
export interface KeptVoices {
  readonly mixed: Heard;
  readonly caller: Heard | null;
  readonly room: Heard | null;
}

/** How far the recordings of one call cover its talks. */
export interface Coverage {
  readonly name: string;
  readonly recordings: number;
  /** Of the party that said more. */
  readonly talked: number;
  /** What is heard of it. */
  readonly recorded: number;
  /** Seconds that one of the parties said and no recording holds, the worst of both. */
  readonly missing: number;
  /** Seconds a voice is heard on the side where it does not belong. */
  readonly misplaced: number;
  /** Seconds the room is heard alone beyond those in which the party outside was silent. */
  readonly apart: number;
  readonly order: readonly Party[];
}

/** The finished talk recordings of a call, after everything was reported. */
export async function keptVoices(bed: RecordedOffice, call: SpokenCall): Promise<readonly KeptVoices[]> {
  const linkedids = linkedidsOf(bed, call);
  const known = bed.reports.flatMap((report) =>
    report.type === 'recording-known' && report.part === 'talk' && linkedids.has(report.linkedid)
      ? [report.recording]
      : [],
  );
  const kept: KeptVoices[] = [];
  for (const recording of known) {
    const mixed = await heardIn(bed, recording, 'wav');
    if (mixed === null) continue;
    const caller = await heardIn(bed, recording, 'caller.wav');
    const room = await heardIn(bed, recording, 'room.wav');
    kept.push({
      mixed: mixed.heard,
      caller: caller?.heard ?? null,
      room: room?.heard ?? null,
    });
  }
  return kept;
}

function linkedidsOf(bed: RecordedOffice, call: SpokenCall): ReadonlySet<string> {
  const linkedids = new Set(
    bed.facts.flatMap((fact) => (fact.kind === 'call-arrived' && call.isIt(fact) ? [fact.linkedid] : [])),
  );
  if (linkedids.size === 0) throw new Error(`${call.name}: no such call was told`);
  for (const fact of bed.facts) {
    if (fact.kind !== 'calls-joined') continue;
    if (linkedids.has(fact.joined) || linkedids.has(fact.survivor))
      linkedids.add(fact.joined).add(fact.survivor);
  }
  return linkedids;
}

async function heardIn(
  bed: RecordedOffice,
  recording: string,
  ending: string,
): Promise<{ readonly heard: Heard } | null> {
  const found = await bed.library.find(recording, ending);
  const opened = found && (await bed.library.open(found.file));
  if (!opened) return null;
  const bytes = await buffer(opened.stream(0, opened.bytes - 1));
  const header = readWavHeader(bytes, bytes.length);
  if (header.kind !== 'sound' || header.codec !== 'pcm16' || header.repair !== null)
    throw new Error(`${found.file} is no whole sound`);
  const samples = new Int16Array(header.dataBytes / 2);
  for (let at = 0; at < samples.length; at++) samples[at] = bytes.readInt16LE(header.dataOffset + at * 2);
  return { heard: listenTo(samples, header.sampleRate) };
}

/** Compares what was kept with what the agents said. Without sides (`pbx`) only the mixed file is judged. */
export function coverageOf(call: SpokenCall, kept: readonly KeptVoices[]): Coverage {
  const outsideHeard = kept.map(({ caller, mixed }) => caller ?? mixed);
  const roomHeard = kept.map(({ room, mixed }) => room ?? mixed);
  const said = new Map<Party, number>();
  for (const { outside, room, outsideSeconds, roomSeconds } of call.talks) {
    said.set(outside, (said.get(outside) ?? 0) + outsideSeconds);
    said.set(room, (said.get(room) ?? 0) + roomSeconds);
  }
  const outside = call.talks[0]?.outside ?? 'caller';
  // Of recordings that overlap the best one counts: no second is in two of them only by halves.
  const heard = (party: Party) =>
    Math.max(0, ...(party === outside ? outsideHeard : roomHeard).map((one) => secondsOf(one, party)));
  const missing = Math.max(...[...said].map(([party, seconds]) => seconds - heard(party)));
  const talked = said.get(outside) ?? 0;
  return {
    name: call.name,
    recordings: kept.length,
    talked: rounded(talked),
    recorded: rounded(heard(outside)),
    missing: rounded(Math.max(0, missing)),
    misplaced: rounded(misplacedSeconds(kept, outside)),
    apart: rounded(Math.max(0, apartSeconds(call, kept, outside))),
    order: inOrder(roomHeard.flat().map((window) => window.filter((party) => party !== outside))),
  };
}

function misplacedSeconds(kept: readonly KeptVoices[], outside: Party): number {
  return kept.reduce((sum, { caller, room }) => {
    if (caller === null || room === null) return sum;
    const strangers = inOrder(caller).filter((party) => party !== outside);
    return (
      sum + strangers.reduce((all, party) => all + secondsOf(caller, party), 0) + secondsOf(room, outside)
    );
  }, 0);
}

/** The party outside is silent only when it was muted: any more, and the two sides have drifted apart. */
function apartSeconds(call: SpokenCall, kept: readonly KeptVoices[], outside: Party): number {
  const alone = kept.map(({ caller, room }) =>
    // A file without the party outside is one of those whose other half another recording holds (`further-party.ts`).
    caller === null || room === null || secondsOf(caller, outside) === 0
      ? 0
      : secondsRoomAlone(caller, room, outside),
  );
  return Math.max(0, ...alone) - call.muted;
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
