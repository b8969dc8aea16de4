/** The port to what is kept: one writer, many readers, the same on SQLite and PostgreSQL. */
import type { WatchRules } from '../diagnosis/watch-rules.ts';
import type { OfficeLimits } from '../duty/report-limits.ts';
import type { StoredAccounts } from './store/accounts.ts';
import type { StoredAlerts } from './store/alerts.ts';
import type { StoredAudit } from './store/audit.ts';
import type { StoredCalls } from './store/calls.ts';
import type { StoredDuty } from './store/duty.ts';
import type { StoredEffects } from './store/effects.ts';
import type { StoredIncidents } from './store/incidents.ts';
import type { StoredInspections } from './store/inspections.ts';
import type { StoredLineWatch } from './store/line-watch.ts';
import type { StoredOffice } from './store/office.ts';
import type { StoredPbxSight } from './store/pbx-sight.ts';
import type { StoredRecordings } from './store/recordings.ts';
import type { StoredRecords } from './store/records.ts';
import type { StoredRooms } from './store/rooms.ts';
import type { StoredStrays } from './store/strays.ts';
import type { Work, WorkResult } from './work.ts';

export interface StoreOptions {
  /** `postgres://…` or a path of a SQLite file (made when missing). */
  readonly database: string;
  readonly rules: OfficeRules;
}

/** What the office decides once, by configuration. */
export interface OfficeRules {
  /** Own area code with its leading 0: `0954`. */
  readonly areaCode: string;
  /** `值电〔{year}〕{n}号`. */
  readonly numberPattern: string;
  /** What is allowed on a duty line, and what is too long (值班电话检测). */
  readonly watch: WatchRules;
  /** 信息报告时限; as the notice has them unless told. */
  readonly reportLimits?: OfficeLimits;
  /** IANA name: decides which year a registration falls into and when today began. */
  readonly timeZone: string;
}

export interface Store
  extends StoredRooms,
    StoredCalls,
    StoredRecords,
    StoredRecordings,
    StoredStrays,
    StoredPbxSight,
    StoredLineWatch,
    StoredAlerts,
    StoredDuty,
    StoredIncidents,
    StoredInspections,
    StoredOffice,
    StoredAccounts,
    StoredAudit,
    StoredEffects {
  /**
   * Writes all in one transaction and answers in the same order when it is durable. A refused work leaves no trace and
   * harms no other; rejects (nothing written) only when the database itself fails.
   */
  write(work: readonly Work[]): Promise<readonly WorkResult[]>;
  close(): Promise<void>;
}
