/**
 * 导出片段: a stretch of a recording as a ZIP with the sound, its cover sheet and digests. It is made while it is asked for
 * and kept nowhere: there is no export to be destroyed later, and no link that outlives the session.
 */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readReason } from '../accounts/listening.ts';
import { offsetAt } from '../duty/time-zone.ts';
import { type Clip, cutOriginal, cutSides, LONGEST_CLIP_SECONDS, type Stretch } from '../recordings/clip.ts';
import { keptFile, keptSides } from '../recordings/kept-files.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import { TranscodeFailure } from '../recordings/transcode.ts';
import { checkDigest, type DigestCheck } from '../recordings/vault/checked-open.ts';
import { isAlteration, troubleOf } from '../recordings/vault/sound-trouble.ts';
import type { Refusal } from '../records/command.ts';
import type { RecordingRow } from '../storage/store/recordings.ts';
import type { Store } from '../storage/store.ts';
import type { SoundGate, SoundRequest } from './audible.ts';
import { type ClipCover, type ClipFile, clipCover } from './clip-cover.ts';
import type { Listening } from './listening.ts';
import { shownName, standingOf } from './me.ts';
import { parseClipBody } from './parse-request-body.ts';
import type { Me } from './protocol/room-view.ts';
import {
  BAD_REQUEST,
  CLIP_EMPTY,
  CLIP_NOT_CUT,
  CLIP_TOO_LONG,
  EXPORT_REASON_NEEDED,
  RECORDING_CHANGED,
  RECORDING_GONE,
  RECORDING_NOT_READY,
  RECORDING_SHUT,
} from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';
import { type Zip, zipOf } from './zip-archive.ts';

export interface ClipExportDeps {
  readonly store: Pick<Store, 'callView' | 'recordView' | 'office' | 'seat' | 'person'>;
  readonly gate: SoundGate;
  readonly library: Pick<RecordingLibrary, 'open' | 'digest'>;
  readonly listening: Listening;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** Where ffmpeg is; null: there is none. */
  readonly ffmpeg: () => string | null;
  readonly timeZone: string;
  /** Of one address. */
  readonly exportsPerMinute: number;
  readonly clock: () => number;
}

type Cut =
  | { readonly ok: true; readonly clips: readonly (Clip & Pick<ClipFile, 'name' | 'from'>)[] }
  | { readonly ok: false; readonly status: number; readonly refusal: Refusal };

export function addClipExport(app: FastifyInstance, deps: ClipExportDeps): void {
  const { gate, clock, store, library } = deps;
  let cutting: Promise<unknown> = Promise.resolve();

  app.post<SoundRequest>(
    '/api/recordings/:id/clip',
    {
      preHandler: deps.refuseForeign,
      config: { rateLimit: { max: deps.exportsPerMinute, timeWindow: 60_000 } },
    },
    (request, reply) =>
      gate.withAudible(request, reply, async (visitor, row) => {
        const body = parseClipBody(request.body);
        if (body === null || body.to <= body.from) return refuse(reply, 400, BAD_REQUEST);
        if (body.to - body.from > LONGEST_CLIP_SECONDS) return refuse(reply, 400, CLIP_TOO_LONG);
        const reason = body.reason === null ? null : readReason(body.reason);
        if (reason === null && (await deps.listening.owesReason(visitor, row)))
          return refuse(reply, 403, EXPORT_REASON_NEEDED);
        const cut = await oneAtATime(() => cutSound(row, body, stoppedWith(reply)));
        if (!cut.ok) return refuse(reply, cut.status, cut.refusal);
        // Cutting took a while, in which somebody may have shut the call away.
        if (await gate.isShut(row)) return refuse(reply, 409, RECORDING_SHUT);
        const at = clock();
        const zip = await packed(cut.clips, { visitor, row, stretch: body, reason, at });
        await gate.audit(visitor, 'recording-exported', row.id, {
          call: row.call,
          from: body.from,
          to: body.to,
          sha256: cut.clips.map((clip) => `${clip.name} ${clip.sha256}`).join(', '),
          reason,
        });
        reply.header('x-clip-sha256', cut.clips[0]?.sha256 ?? '');
        return send(reply, zip, `clip-${row.id}-${Math.floor(body.from)}-${Math.ceil(body.to)}.zip`);
      }),
  );

  /** A clip stands in memory: two people who export together wait for each other. */
  function oneAtATime<T>(make: () => Promise<T>): Promise<T> {
    const made = cutting.then(make);
    cutting = made.catch(() => {});
    return made;
  }

  async function cutSound(row: RecordingRow, stretch: Stretch, signal: AbortSignal): Promise<Cut> {
    if (row.state !== 'attached' || row.file === null || row.sha256 === null)
      return { ok: false, status: 409, refusal: RECORDING_NOT_READY };
    try {
      // Opened before it is read through: a file that changes after its check does not stream any more.
      const original = await keptFile(library, row.file);
      const check = checkDigest(await library.digest(row.file), row.sha256);
      if (original === null || check.state !== 'verified')
        return await notAsKept(row, original === null ? { state: 'missing' } : check);
      const cutDeps = { ffmpeg: deps.ffmpeg(), signal };
      const clip = await cutOriginal(original, stretch, cutDeps);
      if (clip === null) return { ok: false, status: 409, refusal: CLIP_EMPTY };
      const altered = await alteredSide(row);
      if (altered !== null) return await notAsKept(row, altered);
      const sides = await keptSides(library, row.id);
      const both = sides === null ? null : await cutSides(sides, stretch, cutDeps);
      return {
        ok: true,
        clips: [
          { ...clip, name: 'clip.wav', from: '原始录音' },
          ...(both === null ? [] : [{ ...both, name: 'sides.wav', from: '分轨录音' }]),
        ],
      };
    } catch (failure) {
      if (failure instanceof TranscodeFailure) return { ok: false, status: 409, refusal: CLIP_NOT_CUT };
      const trouble = troubleOf(failure);
      return notAsKept(row, isAlteration(trouble) ? { state: 'altered' } : { state: 'unreadable', trouble });
    }
  }

  /** A side that is gone makes no second clip; one that was altered must not be handed out beside the original. */
  async function alteredSide(row: RecordingRow): Promise<DigestCheck | null> {
    for (const { file, sha256 } of row.sides) {
      const check = checkDigest(await library.digest(file), sha256);
      if (check.state === 'altered') return check;
    }
    return null;
  }

  async function notAsKept(row: RecordingRow, check: DigestCheck): Promise<Cut> {
    await gate.noteCheck(row, check);
    if (check.state === 'unreadable') return { ok: false, status: 409, refusal: check.trouble };
    return check.state === 'missing'
      ? { ok: false, status: 410, refusal: RECORDING_GONE }
      : { ok: false, status: 409, refusal: RECORDING_CHANGED };
  }

  async function packed(
    clips: Extract<Cut, { ok: true }>['clips'],
    about: {
      readonly visitor: Visitor;
      readonly row: RecordingRow;
      readonly stretch: Stretch;
      readonly reason: string | null;
      readonly at: number;
    },
  ): Promise<Zip> {
    const { visitor, row, stretch, reason, at } = about;
    const call = row.call === null ? null : ((await store.callView(row.call)) ?? null);
    const record = call?.record == null ? undefined : await store.recordView(call.record);
    const office = await store.office();
    const room = office.rooms.find(({ id }) => id === row.room);
    const { me } = await standingOf(store, visitor);
    const cover: ClipCover = {
      room: room?.name ?? '',
      unit: office.units.find(({ id }) => id === visitor.account.unit)?.name ?? visitor.account.unit,
      recordNumber: record?.number ?? null,
      call,
      recording: {
        id: row.id,
        part: row.part,
        seconds: row.judgement?.measure?.seconds ?? row.seconds,
        bytes: row.bytes ?? 0,
        sha256: row.sha256 ?? '',
      },
      stretch,
      files: clips,
      by: exporterOf(visitor, me),
      reason,
      at,
      timeZone: deps.timeZone,
    };
    const sums = clips.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
    return zipOf(
      [
        ...clips,
        { name: 'cover.html', pieces: [Buffer.from(clipCover(cover))] },
        { name: 'SHA256SUMS', pieces: [Buffer.from(sums)] },
      ],
      at + offsetAt(deps.timeZone, at),
    );
  }
}

/** An officer is whoever sits there now (换人); a leader at that seat is himself. */
function exporterOf({ account }: Visitor, me: Me): ClipCover['by'] {
  return account.role === 'officer'
    ? { name: shownName(me), title: me.person?.title ?? null, account: account.login }
    : { name: account.name, title: null, account: account.login };
}

/** Aborted when the one who asked goes away. */
function stoppedWith(reply: FastifyReply): AbortSignal {
  const stop = new AbortController();
  reply.raw.once('close', () => stop.abort());
  return stop.signal;
}

function send(reply: FastifyReply, zip: Zip, name: string): FastifyReply {
  return reply
    .type('application/zip')
    .header('content-length', String(zip.bytes))
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Readable.from(zip.pieces, { objectMode: false }));
}
