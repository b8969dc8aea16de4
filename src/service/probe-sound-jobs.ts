/** The job of a probe's sound: copied beside the recordings. Harmless when done twice. */
import type { JobHandlers, JobOutcome } from '../jobs/job-queue.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import type { SecondCopy } from '../recordings/vault/second-copy.ts';
import type { Store } from '../storage/store.ts';

export interface ProbeSoundJobDeps {
  readonly store: Pick<Store, 'probe'>;
  readonly library: Pick<RecordingLibrary, 'trouble'>;
  /** Null: none is configured. */
  readonly copy: SecondCopy | null;
}

const DONE: JobOutcome = { kind: 'done' };
const LATER: JobOutcome = { kind: 'again', afterMs: 60_000 };

export function probeSoundJobs(deps: ProbeSoundJobDeps): JobHandlers {
  return { 'copy-probe-sound': ({ probe }) => copySound(probe, deps) };
}

async function copySound(id: string, { store, library, copy }: ProbeSoundJobDeps): Promise<JobOutcome> {
  const sound = (await store.probe(id))?.sound ?? null;
  // Let go by the policy meanwhile.
  if (copy === null || sound === null) return DONE;
  const copied = await copy.copy(id, new Map([[sound.file, sound.sha256]]));
  switch (copied.state) {
    case 'verified':
      return DONE;
    case 'unreachable':
    case 'source-trouble':
      return LATER;
    case 'source-altered':
      return { kind: 'failed', reason: `拨测录音 ${copied.file} 与入库时不一致，未备份` };
    case 'source-missing':
      // An empty mount point has no file either.
      if ((await library.trouble()) !== null) return LATER;
      return { kind: 'failed', reason: `未找到拨测录音 ${copied.file}` };
  }
}
