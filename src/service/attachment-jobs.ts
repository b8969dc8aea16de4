/** The jobs of 附件: copied beside the sound, destroyed everywhere. Each is harmless when done twice. */
import type { JobHandlers, JobOutcome } from '../jobs/job-queue.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import { erasePlaces, eraseRecording } from '../recordings/vault/erase.ts';
import type { SecondCopy } from '../recordings/vault/second-copy.ts';
import type { Store } from '../storage/store.ts';
import type { Work, WorkResult } from '../storage/work.ts';

export interface AttachmentJobDeps {
  readonly store: Pick<Store, 'attachment' | 'auditOf'>;
  readonly work: (work: Work) => Promise<WorkResult>;
  readonly library: Pick<RecordingLibrary, 'shred' | 'trouble'>;
  /** Null: none is configured. */
  readonly copy: SecondCopy | null;
  readonly now: () => number;
}

const ERASED = 'attachment-erased';
const DONE: JobOutcome = { kind: 'done' };
const LATER: JobOutcome = { kind: 'again', afterMs: 60_000 };

export function attachmentJobs(deps: AttachmentJobDeps): JobHandlers {
  return {
    'copy-attachment': ({ attachment }) => copyAttachment(attachment, deps),
    'erase-attachment': ({ attachment }) => eraseAttachment(attachment, deps),
  };
}

async function copyAttachment(id: string, deps: AttachmentJobDeps): Promise<JobOutcome> {
  const row = await deps.store.attachment(id);
  if (deps.copy === null || row === undefined || !row.isKept || row.isRemoved || row.name === null)
    return DONE;
  const copied = await deps.copy.copy(id, new Map([[row.file, row.sha256]]));
  // Removed while it was copied: the job that erases may have been here before the copy was.
  const now = await deps.store.attachment(id);
  if (now === undefined || now.isRemoved || now.name === null) return eraseAttachment(id, deps);
  switch (copied.state) {
    case 'verified':
      return DONE;
    case 'unreachable':
    case 'source-trouble':
      return LATER;
    case 'source-altered':
      return { kind: 'failed', reason: `附件 ${copied.file} 与入库时不一致，未备份` };
    case 'source-missing':
      // An empty mount point has no file either.
      if ((await deps.library.trouble()) !== null) return LATER;
      return { kind: 'failed', reason: `未找到附件 ${copied.file}` };
  }
}

async function eraseAttachment(id: string, deps: AttachmentJobDeps): Promise<JobOutcome> {
  const { copy } = deps;
  const erasure = await eraseRecording(id, erasePlaces(deps.library, copy));
  const files = erasure.places.reduce(
    (sum, place) => sum + (place.state === 'done' ? place.shredded.files : 0),
    0,
  );
  const said = await deps.store.auditOf(id);
  // Once when it is over, and each time that something went.
  if (files > 0 || (erasure.isComplete && !said.some(({ kind }) => kind === ERASED)))
    await deps.work({
      type: 'audit',
      at: deps.now(),
      account: null,
      person: null,
      kind: ERASED,
      subject: id,
      payload: { files, complete: erasure.isComplete, said: erasure.zh },
    });
  return erasure.isComplete ? DONE : LATER;
}
