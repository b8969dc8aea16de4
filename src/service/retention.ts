/** 保存期限: what the office's policy lets go, each deletion told. A numbered record keeps its sound for ever. */
import type { RetentionConfig } from '../config/config.ts';
import type { Office } from '../duty/office.ts';
import { eraseRecording, placeOfFolder } from '../recordings/vault/erase.ts';
import { deletionsDue, type Retained } from '../recordings/vault/retention.ts';
import type { KeptSoundRow } from '../storage/store.ts';
import type { Work, WorkResult } from '../storage/work.ts';
import type { Log } from '../web/log.ts';
import { allKept, type CareDeps } from './sound-care.ts';

export interface LetGoDeps extends CareDeps {
  readonly work: (work: Work) => Promise<WorkResult>;
  readonly office: Office;
  readonly rules: RetentionConfig['rules'];
  readonly log: Log;
}

/** Deletes what is due, oldest first; returns how many. Nothing is due without rules. */
export async function letGo(deps: LetGoDeps): Promise<number> {
  const { store, rules, office, library, copy, now, work, log } = deps;
  if (rules.length === 0) return 0;
  const kept: Retained[] = [];
  for await (const row of allKept(store)) kept.push(retained(row, office));
  const places = [
    placeOfFolder('library', library.root),
    ...(copy === null ? [] : [{ name: 'second-copy', shred: (recording: string) => copy.shred(recording) }]),
  ];
  let gone = 0;
  for (const { recording, ageDays, rule, zh } of deletionsDue(kept, rules, now())) {
    const { isComplete } = await eraseRecording(recording, places);
    // A copy that is away keeps its file: the row stays too, and the next night tries again.
    if (!isComplete) continue;
    await deps.report({ type: 'recording-expired', recording, at: now() });
    await work({
      type: 'audit',
      at: now(),
      account: null,
      person: null,
      kind: 'recording-deleted-by-policy',
      subject: recording,
      payload: { rule: rule.kind, days: rule.days, ageDays, said: zh },
    });
    gone += 1;
  }
  if (gone > 0) log('info', 'recordings-deleted-by-policy', { count: gone });
  return gone;
}

function retained(row: KeptSoundRow, office: Office): Retained {
  const made = [row.judgement?.playable, row.judgement?.peaks].flatMap((file) => file?.bytes ?? []);
  return {
    recording: row.id,
    units: unitsOf(row.room, office),
    part: row.part,
    hasRecord: row.hasRecord,
    protectedBy: row.hasRecord ? 'record' : null,
    at: row.knownAt,
    bytes: made.reduce((sum, bytes) => sum + bytes, row.bytes ?? 0),
  };
}

/** The unit of a room, then each above it. */
function unitsOf(room: string | null, office: Office): readonly string[] {
  const units: string[] = [];
  let at = office.rooms.find((one) => one.id === room)?.unit ?? null;
  while (at !== null && !units.includes(at)) {
    units.push(at);
    at = office.units.find((unit) => unit.id === at)?.parent ?? null;
  }
  return units;
}
