/** An office with the whole service beside it, in which stories are placed one after the other. */

import type { CallView } from '../../src/web/protocol/call-view.ts';
import type { AsteriskMajor } from '../bed/asterisk-prefix.ts';
import { startOffice } from '../bed/office.ts';
import type { DialplanName } from '../bed/office-config.ts';
import type { PlayedStory } from '../bed/scenarios/play-story.ts';
import { SETUP, type Story } from '../bed/scenarios/story.ts';
import { playUndisturbed } from '../bed/scenarios/undisturbed.ts';
import { type OfficeService, startOfficeService } from '../web/office-service.ts';
import { isOver, type StoredCalls, storedCallsOnce } from './stored-call.ts';

export interface Lane {
  readonly version: AsteriskMajor;
  readonly dialplan: DialplanName;
  readonly stories: readonly Story[];
  /** PostgreSQL URL; SQLite when absent. */
  readonly database?: string;
}

export interface Placed {
  readonly take: PlayedStory;
  /** What the service kept of this take: its calls, and the forms of those calls. */
  readonly stored: StoredCalls;
}

/** What came of every story of a lane; an Error where it could not be placed. */
export type LanePlayed = ReadonlyMap<Story, Placed | Error>;

/** The line of `explain`'s SETUP; the PBX records what the dialplan tells it to, and we have no hand there to add to it. */
const OFFICE_YAML = JSON.stringify({
  units: [{ id: 'unit', name: '市政府办公室' }],
  rooms: [{ id: 'room', unit: 'unit', name: '值班室', formTitle: '市人民政府值班室电话记录单' }],
  lines: [
    {
      id: 'line-1',
      room: 'room',
      pbx: 'office',
      number: SETUP.line,
      dids: SETUP.dids,
      trunks: SETUP.trunks,
      phones: SETUP.phones,
      recording: 'pbx',
    },
  ],
  seats: [{ id: 's-1', room: 'room', name: '1 号坐席', phone: 'PJSIP/1001' }],
  people: [
    { id: 'p-zhang', room: 'room', name: '张三', title: '值班员' },
    { id: 'p-li', room: 'room', name: '李四', title: '值班员' },
  ],
  roster: [{ room: 'room', leaders: [], officers: ['p-zhang', 'p-li'] }],
});

/** Places every story of a lane. One that fails is told in its place, and the others go on. */
export async function playLane(lane: Lane): Promise<LanePlayed> {
  const office = await startOffice(lane);
  let bed: OfficeService | null = null;
  try {
    bed = await startOfficeService(office, {
      officeYaml: OFFICE_YAML,
      hands: 'none',
      ...(lane.database === undefined ? {} : { database: lane.database }),
    });
    await bed.watching();
    const begins: number[] = [];
    const takes: [Story, PlayedStory | Error, begin: number][] = [];
    const late: [Story, PlayedStory, begin: number][] = [];
    for (const story of lane.stories) {
      const take = await playUndisturbed(
        office,
        story,
        () => begins.push(Date.now()),
        (played) => late.push([story, played, begins.at(-1) ?? 0]),
      ).catch(asError);
      takes.push([story, take, begins.at(-1) ?? 0]);
    }
    const stored = await storedCallsOnce(bed.service.store, 'office', 'room', isOver);
    const storedOf = (begin: number) =>
      between(stored, begin, begins.find((later) => later > begin) ?? Number.POSITIVE_INFINITY);
    const lost = new Map(
      late.flatMap(([story, played, begin]): [Story, Error][] => {
        const loss = lossOf(played, storedOf(begin));
        return loss === null ? [] : [[story, new Error(`a take that was late: ${loss}`)]];
      }),
    );
    return new Map(
      takes.map(([story, take, begin]): [Story, Placed | Error] => {
        const loss = lost.get(story);
        if (loss !== undefined) return [story, loss];
        return [story, take instanceof Error ? take : { take, stored: storedOf(begin) }];
      }),
    );
  } finally {
    await bed?.stop();
    await office.stop();
  }
}

/** A take may be late and is placed again, but it may lose nothing: each call once, and one form for each that asks for one. */
function lossOf({ truth }: PlayedStory, stored: StoredCalls): string | null {
  const views = stored.views.filter((view) => view.joinedTo === null);
  if (views.length !== truth.calls.length)
    return `${truth.calls.length} calls were placed, ${views.length} kept`;
  const wrong = views.filter((view) => {
    const forms = stored.records.filter((record) => record.call === view.id).length;
    return forms !== (asksForForm(view) ? 1 : 0);
  });
  return wrong.length === 0 ? null : `${wrong.length} calls have not one form each`;
}

/** D4: inbound at arrival, outbound once a person answered, internal never. */
export function asksForForm({ direction, outcome }: CallView): boolean {
  return direction === 'inbound' || (direction === 'outbound' && outcome === 'answered');
}

/** Takes come one after the other, so that every call that was kept belongs to exactly one. */
function between(stored: StoredCalls, begin: number, end: number): StoredCalls {
  const within = ({ startedAt }: { readonly startedAt: number }) => startedAt >= begin && startedAt < end;
  const views = stored.views.filter(within);
  const ids = new Set<string | null>(views.map((view) => view.id));
  return {
    views,
    records: stored.records.filter((record) => ids.has(record.call)),
    summaries: stored.summaries.filter(within),
  };
}

function asError(failure: unknown): Error {
  return failure instanceof Error ? failure : new Error(String(failure));
}
