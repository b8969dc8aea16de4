import { padded } from './bulk.ts';
import type { Desk } from './desk.ts';
import { writeDutyNotes } from './duty-notes.ts';
import { writeGapReport } from './gap-report.ts';
import { writeLockNote } from './lock-notes.ts';
import { DONE, type Outcome } from './outcome.ts';
import { rebuild } from './rebuild.ts';
import { removeOfficePart } from './remove-office-part.ts';
import { writeTask } from './tasks.ts';
import { writeWallLink } from './wall-links.ts';
import type { Work } from './work.ts';
import { writeAccount, writeSeat, writeSession } from './write-account.ts';
import { writeAlert } from './write-alert.ts';
import { writeAttachment } from './write-attachment.ts';
import { writeCallStep } from './write-call-step.ts';
import { writeCallback } from './write-callback.ts';
import { writeDirectory } from './write-directory.ts';
import { writeEffect } from './write-effect.ts';
import { writeFinding } from './write-finding.ts';
import { writeHandOver } from './write-hand-over.ts';
import { writeIncident } from './write-incident.ts';
import { writeInspection } from './write-inspection.ts';
import { writeNote } from './write-note.ts';
import { writeOffice } from './write-office.ts';
import { writeOfficePart } from './write-office-part.ts';
import { writeOwnKeys } from './write-own-keys.ts';
import { writeProbe } from './write-probe.ts';
import { writeRecordCommand } from './write-record-command.ts';
import { writeRecordingReport } from './write-recording.ts';
import { writeReview } from './write-review.ts';
import { writeRoster } from './write-roster.ts';
import { writeShiftLog } from './write-shift-log.ts';
import { writeShut } from './write-shut.ts';
import { writeStray } from './write-stray.ts';

/** Reads ahead what many works need, so that a batch costs a few queries instead of a few for each of them. */
export async function readAhead(desk: Desk, works: readonly Work[]): Promise<void> {
  const steps = works.filter((work) => work.type === 'call-step');
  const keys = steps.flatMap((step) => [...step.facts, ...step.pbxFacts].map((fact) => fact.factKey));
  if (keys.length === 0) return;
  await desk.calls.fetch(
    steps.flatMap(({ pbx, facts }) =>
      facts.map(({ linkedid, generation }) => ({ pbx, linkedid, generation })),
    ),
  );
  for (let from = 0; from < keys.length; from += 4_096) {
    const rows = await desk.db
      .selectFrom('facts')
      .select('fact_key')
      .where('fact_key', 'in', [...padded(keys.slice(from, from + 4_096))])
      .execute();
    for (const row of rows) desk.knownFacts.add(row.fact_key);
  }
}

/** Carries one work out inside the desk's transaction. Throws the database's errors and our own mistakes. */
export async function carryOut(desk: Desk, work: Work): Promise<Outcome> {
  switch (work.type) {
    case 'call-step':
      await writeCallStep(desk, work);
      return DONE;
    case 'record-command':
      await desk.calls.flush();
      return writeRecordCommand(desk, work);
    case 'recording-report':
      // Its call may be on the shelf only.
      await desk.calls.flush();
      return writeRecordingReport(desk, work.report);
    case 'strays-seen':
    case 'stray-attach':
    case 'stray-ignore':
      await desk.calls.flush();
      return writeStray(desk, work);
    case 'callback-claim':
    case 'callback-give-up':
    case 'callback-told':
      await desk.calls.flush();
      return writeCallback(desk, work);
    case 'note-add':
    case 'note-strike':
      await desk.calls.flush();
      return writeNote(desk, work);
    case 'review-call':
      await desk.calls.flush();
      return writeReview(desk, work);
    case 'finding-decide':
    case 'line-looked-at':
      return writeFinding(desk, work);
    case 'alert-raised':
    case 'alert-tried':
      return writeAlert(desk, work);
    case 'probe-facts':
    case 'probe-sound':
    case 'probe-sound-expired':
      return writeProbe(desk, work);
    case 'lock-note-save':
    case 'lock-note-landed':
      await desk.calls.flush();
      return writeLockNote(desk, work);
    case 'attachment-begin':
    case 'attachment-kept':
    case 'attachment-remove':
      return writeAttachment(desk, work);
    case 'gap-report':
      await writeGapReport(desk, work);
      return DONE;
    case 'audit': {
      const { type: _type, ...entry } = work;
      desk.audits.push(entry);
      return DONE;
    }
    case 'directory-change':
      await desk.calls.flush();
      return writeDirectory(desk, work);
    case 'duty-notes-edit':
      return writeDutyNotes(desk, work);
    case 'wall-link-make':
    case 'wall-link-revoke':
    case 'wall-link-seen':
      return writeWallLink(desk, work);
    case 'roster-rules':
    case 'roster-standing':
    case 'roster-plan':
    case 'roster-publish':
    case 'roster-report':
    case 'swap-ask':
    case 'swap-answer':
      return writeRoster(desk, work);
    case 'hand-over-begin':
    case 'hand-over-decide':
    case 'hand-over-device':
    case 'hand-over-sign':
    case 'hand-over-probed':
    case 'hand-over-end':
      // What is open is read with the calls that came just now.
      await desk.calls.flush();
      return writeHandOver(desk, work);
    case 'task-write':
    case 'task-close':
      return writeTask(desk, work);
    case 'incident-step':
    case 'emergency-not-reportable':
      await desk.calls.flush();
      return writeIncident(desk, work);
    case 'inspection-open':
    case 'inspection-answer':
    case 'inspection-sign':
    case 'inspection-mend':
      return writeInspection(desk, work);
    case 'shift-log-add':
    case 'shift-log-edit':
    case 'shift-log-tick':
    case 'shift-log-reopen':
    case 'shift-log-seal':
      await desk.calls.flush();
      return writeShiftLog(desk, work);
    case 'office-part':
      return writeOfficePart(desk, work);
    case 'office-part-remove':
      return removeOfficePart(desk, work);
    case 'office-import':
      return writeOffice(desk, work.office, work.at);
    case 'isolate':
    case 'release':
    case 'destroy':
      await desk.calls.flush();
      return writeShut(desk, work);
    case 'account-add':
    case 'account-password':
    case 'account-totp':
    case 'account-disabled':
    case 'account-attempt':
      return writeAccount(desk, work);
    case 'session-open':
    case 'session-seen':
    case 'session-seat':
    case 'session-active':
    case 'session-lock':
    case 'session-unlock':
    case 'session-end':
      return writeSession(desk, work);
    case 'seat-person':
    case 'person-pin':
      return writeSeat(desk, work);
    case 'own-keys':
      return writeOwnKeys(desk, work);
    case 'rebuild':
      await desk.calls.flush();
      await rebuild(desk);
      return DONE;
    case 'effects-claim':
    case 'effect-renew':
    case 'effect-done':
    case 'effect-put-off':
    case 'effect-give-up':
    case 'effects-release':
    case 'effect-retry':
      return writeEffect(desk, work);
    case 'setting':
      await desk.db
        .insertInto('settings')
        .values({ key: work.key, value: work.value })
        .onConflict((clash) => clash.column('key').doUpdateSet({ value: work.value }))
        .execute();
      return DONE;
  }
}
