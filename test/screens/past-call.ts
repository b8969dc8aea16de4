/** A call of before, as the service would have written it down: a captured one told anew and followed by the tracker. */
import { Readable } from 'node:stream';
import { decode } from '../../src/asterisk/listen/decode.ts';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import type { CallFact, CallText } from '../../src/calls/fact.ts';
import { emptyState } from '../../src/calls/state.ts';
import { step } from '../../src/calls/tracker.ts';
import { writePacket } from '../../src/demo/packet.ts';
import { retell } from '../../src/demo/retell.ts';
import { loadStories } from '../../src/demo/story.ts';
import { createLineMatch } from '../../src/lines/line-match.ts';
import { soundFileOf } from '../../src/recordings/vault/sound-name.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { CallView } from '../../src/web/protocol/call-view.ts';
import { type PicturedOffice, ROOM, SETUP } from './office.ts';
import { type TalkPart, talkSides, wavFile } from './talk.ts';

export interface PastCall {
  /** A story of the demonstration. */
  readonly story: string;
  /** When it arrived, ms UTC. */
  readonly at: number;
  readonly number: string;
  readonly callerName?: string;
  /** Of the story, each in seconds. */
  readonly pauses: readonly number[];
  /** Sound that was kept; seconds after the answer. */
  readonly sound?: readonly TalkPart[];
}

const STORIES = new Map(loadStories().map((story) => [story.id, story]));
/** Apart from those of the calls the demonstration tells meanwhile. */
let counted = 50_000;

/** Writes it down, with its draft and its sound. Throws when the store refuses. */
export async function tellPast(office: PicturedOffice, past: PastCall): Promise<CallView> {
  const told = factsOf(past);
  const [first] = told.facts;
  if (first === undefined) throw new Error(`the story ${past.story} says nothing`);
  const { intake, store } = office.service;
  const works = [
    intake.work({ type: 'call-step', pbx: SETUP.pbx, pbxFacts: [], offsetMs: 0, ...told }),
    ...(past.sound ?? []).map((part) => keep(office, told.facts, part)),
  ];
  for (const written of await Promise.all(works))
    if (written?.ok === false) throw new Error(written.refusal.en);
  const { calls } = await store.roomSpan(ROOM, past.at - 1, past.at + 1_000);
  const [call] = calls;
  if (call === undefined) throw new Error('the call is not in the store');
  return call;
}

function factsOf(past: PastCall) {
  const story = STORIES.get(past.story);
  if (story === undefined) throw new Error(`no story ${past.story}`);
  const packets = retell(
    { ...story, pauses: past.pauses.map((seconds) => seconds * 1_000) },
    {
      startAt: past.at,
      caller: { number: past.number, name: past.callerName ?? '<unknown>' },
      mobile: past.story === 'outbound' ? past.number : '13800002222',
      nextUniqueid: () => ++counted,
      nextChannel: () => ++counted,
      newBridge: newId,
    },
  );
  const parser = createPacketParser();
  const state = emptyState(createLineMatch(SETUP), null);
  const facts: CallFact[] = [];
  const texts: CallText[] = [];
  const drafts: { linkedid: string; generation: number }[] = [];
  for (const { at, packet } of packets)
    for (const read of parser.push(Buffer.from(writePacket(packet)))) {
      const decoded = decode(read);
      if (decoded.kind !== 'event') continue;
      const made = step(state, { type: 'event', receivedAt: at, event: decoded.event });
      facts.push(...made.facts);
      texts.push(...made.texts);
      for (const effect of made.effects)
        if (effect.kind === 'open-draft')
          drafts.push({ linkedid: effect.linkedid, generation: effect.generation });
    }
  return { facts, texts, drafts };
}

/** As the recorder reports a file of the PBX that it took over; the service measures it. */
async function keep(office: PicturedOffice, facts: readonly CallFact[], part: TalkPart) {
  const answered = facts.find(({ kind }) => kind === 'leg-answered');
  if (answered === undefined) throw new Error('nobody answered: there is no talk');
  const { intake } = office.service;
  const { linkedid, pbx } = answered;
  const recording = newId();
  const at = answered.at + part.from * 1_000;
  const { caller, room, both } = talkSides(part);
  const put = (ending: string, samples: Int16Array) =>
    office.library.keepStream(recording, ending, Readable.from([wavFile(samples)], { objectMode: true }));
  const away = { file: soundFileOf(recording, 'wav'), bytes: 8_044, sha256: '0'.repeat(64) };
  const kept = part.lost === true ? away : await put('wav', both);
  const sides = part.lost === true ? [] : [await put('caller.wav', caller), await put('room.wav', room)];
  await intake.report({
    type: 'recording-known',
    ...{ recording, pbx, linkedid, uniqueid: linkedid, at },
    part: 'talk',
    mode: 'ami',
    pbxPath: `/monitor/${linkedid}-${part.from}.wav`,
  });
  return intake.report({
    type: 'recording-attached',
    ...{ recording, ...kept, sides, at },
    seconds: part.seconds,
    repaired: false,
  });
}
