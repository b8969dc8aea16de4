/** What the web side is told when it starts, and what it works with. */
import type { Intake } from '../intake.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import type { AttachmentLimits } from '../records/attachment.ts';
import type { Store } from '../storage/store.ts';
import type { Alerts } from './alert-sender.ts';
import type { LinkBoard } from './link-board.ts';
import type { OutletLimits } from './live-outlet.ts';
import type { SocketLimits } from './live-socket.ts';
import type { Log } from './log.ts';
import type { ProbeOffice } from './probe-desk.ts';
import type { RecordingOffice } from './recording-desk.ts';
import type { SetupOffice } from './setup-desk.ts';
import type { Simulation } from './simulation.ts';

export interface WebOptions {
  /** Null: every address of the machine. */
  readonly host: string | null;
  readonly port: number;
  /** The built page. */
  readonly pageFolder: string;
  readonly recordingsFolder: string;
  /** Of the office, by its IANA name. */
  readonly timeZone: string;
  /** The form offers the items of practice. */
  readonly practiceFields?: boolean;
  /** A 交接班 that begins has the lines of its room probed; not unless told. */
  readonly probeAtHandOver?: boolean;
  /** 附件; usual ones unless told. */
  readonly attachments?: AttachmentLimits;
  /** Of the office, with its leading 0. */
  readonly areaCode: string;
  /** Null: no TLS on this port. */
  readonly certificate: { readonly cert: string; readonly key: string } | null;
  readonly allowPlainHttp: boolean;
  /** Without a key for so long a page shows 锁屏待接; 0 or absent: only when it is asked to. */
  readonly lockAfterMs?: number;
  readonly trustProxy: readonly string[];
  /** Attempts of one address; 60 unless told. */
  readonly loginsPerMinute?: number;
  /** Clips for one address; 20 unless told: each takes a part of a second of the machine. */
  readonly exportsPerMinute?: number;
  readonly shiftLookMs?: number;
  /** A body, or a good piece of a file, comes within so long; half a minute unless told. */
  readonly bodyMs?: number;
  readonly socketLimits?: SocketLimits;
  readonly outletLimits?: OutletLimits;
}

export interface WebDeps {
  readonly store: Store;
  readonly intake: Pick<Intake, 'command' | 'work' | 'subscribe' | 'health'>;
  readonly library: Pick<RecordingLibrary, 'open' | 'digest' | 'trouble' | 'keepStream'>;
  /** Where ffmpeg is; null: there is none. Asked each time, so that one installed later is found. */
  readonly ffmpeg: () => string | null;
  /** The page 录音; null where another process does that work. */
  readonly recordingOffice: RecordingOffice | null;
  /** The page 系统; null where another process listens to the PBXs. */
  readonly setupOffice: SetupOffice | null;
  /** Alerts that leave the house. */
  readonly alerts: Pick<Alerts, 'standing'>;
  /** 拨测; null where another process listens to the PBXs. */
  readonly probeOffice: ProbeOffice | null;
  readonly links: LinkBoard;
  /** Null unless the demonstration PBX runs. */
  readonly simulation: Simulation | null;
  readonly clock: () => number;
  readonly log: Log;
}
