/** Tells the intake about recordings, in order for each, until it has taken the report. */
import type { RecordingReport } from '../calls/recording-report.ts';
import type { FollowedRecording } from './followed-recording.ts';

/** Resolves after so many ms; rejects when the service stops. */
export type Pause = (ms: number) => Promise<void>;

export type Say = (recording: FollowedRecording, report: RecordingReport) => void;

export interface ReportingDeps {
  readonly report: (report: RecordingReport) => Promise<{ readonly ok: boolean }>;
  readonly onTrouble: (recording: string, trouble: string) => void;
  readonly pause: Pause;
}

const LONGEST_PAUSE_MS = 30_000;

/** While the store fails, what was heard is kept and told again; a report the store refuses is told as trouble. */
export function createReporting({ report, onTrouble, pause }: ReportingDeps): Say {
  async function tellUntilTaken(recording: string, said: RecordingReport): Promise<void> {
    for (let ms = 500; ; ms = Math.min(ms * 2, LONGEST_PAUSE_MS)) {
      try {
        const result = await report(said);
        if (!result.ok) onTrouble(recording, `report ${said.type} refused`);
        return;
      } catch (failure) {
        onTrouble(recording, `report ${said.type} not taken: ${String(failure)}`);
      }
      if (await brokenOff(pause(ms))) return;
    }
  }
  return (recording, said) => {
    recording.reports = recording.reports.then(() => tellUntilTaken(recording.id, said));
  };
}

/** A pause that can be broken off by `stop`. */
export function createPauses(): { readonly pause: Pause; stop(): void } {
  const stopping = new AbortController();
  const stopped = () => new Error('the recorder stops');
  return {
    pause(ms) {
      return new Promise((resolve, reject) => {
        if (stopping.signal.aborted) {
          reject(stopped());
          return;
        }
        const broken = () => {
          clearTimeout(timer);
          reject(stopped());
        };
        const timer = setTimeout(() => {
          stopping.signal.removeEventListener('abort', broken);
          resolve();
        }, ms);
        stopping.signal.addEventListener('abort', broken, { once: true });
      });
    },
    stop: () => stopping.abort(),
  };
}

/** True when the pause was broken off, that is: the service stops. */
export async function brokenOff(paused: Promise<void>): Promise<boolean> {
  return paused.then(
    () => false,
    () => true,
  );
}
