/** The whole configuration, checked and frozen. Times are ms, paths absolute, addresses and passwords `Secret`. */

import type { ProbePlan } from '../diagnosis/probe-plan.ts';
import type { WatchRules } from '../diagnosis/watch-rules.ts';
import type { CallbackRule } from '../duty/callback.ts';
import type { Office } from '../duty/office.ts';
import type { OfficeLimits } from '../duty/report-limits.ts';
import type { RecorderPattern } from '../recordings/matching/recorder-pattern.ts';
import type { Secret } from './secret.ts';
import type { SettingsWatchConfig } from './settings-watch-entry.ts';

export interface Config {
  /** Where the files were read. */
  readonly folder: string;
  readonly http: HttpConfig;
  readonly storage: StorageConfig;
  /** `redis://…`; null runs jobs on the database itself. */
  readonly redis: Secret | null;
  readonly rules: RulesConfig;
  readonly alerts: AlertConfig;
  readonly settingsWatch: SettingsWatchConfig;
  /** 值班电话检测. */
  readonly watch: WatchRules;
  /** 拨测; null: no probe is ever placed. */
  readonly probe: ProbeConfig | null;
  /** The demonstration PBX (D13): on when no PBX is configured and `demo` is not `off`; null otherwise. */
  readonly demo: { readonly pbx: typeof DEMO_PBX; readonly trunks: readonly string[] } | null;
  readonly pbxs: readonly PbxConfig[];
  /** `office.yaml`; null when there is none. Only read into an empty database. */
  readonly office: Office | null;
}

/** Id of the demonstration PBX: lines of the demonstration office name it. */
export const DEMO_PBX = 'demo';

export interface HttpConfig {
  /** Null: every address of the machine. */
  readonly host: string | null;
  readonly port: number;
  /** Further names and addresses by which browsers reach the page. */
  readonly names: readonly string[];
  /** The office's own certificate; null makes one. */
  readonly certificate: { readonly certFile: string; readonly keyFile: string } | null;
  /** Plain HTTP beyond loopback, shown red on every page. */
  readonly allowPlainHttp: boolean;
  /** Addresses of proxies whose X-Forwarded headers count. */
  readonly trustProxy: readonly string[];
}

export interface StorageConfig {
  readonly database:
    | { readonly kind: 'sqlite'; readonly file: string }
    | { readonly kind: 'postgres'; readonly url: Secret };
  /** Folder of the sound taken over from the PBX. */
  readonly recordings: string;
  /** Folder for what the service keeps beside the database: the generated certificate. */
  readonly state: string;
  /** How sound is encrypted where it lies; null: it is not. */
  readonly encryption: {
    /** 32 bytes each, as 64 hex digits. The first one seals, all of them open. Empty when secrets were not asked for. */
    readonly keys: readonly Secret[];
  } | null;
  /** 录音备份; null: there is none. */
  readonly secondCopy: {
    readonly folder: string;
    /** Each copy is read again within so many days. */
    readonly verifyDays: number;
  } | null;
  readonly retention: RetentionConfig;
}

export interface RetentionConfig {
  /** What must stay free on the disk of the recordings. */
  readonly reserveBytes: number;
  /** Warned when the forecast has fewer days left. */
  readonly warnDays: number;
  /** Empty: nothing is ever deleted. `unit` null: all units. */
  readonly rules: readonly {
    readonly unit: string | null;
    readonly kind: 'talk' | 'before-answer' | 'no-record' | 'probe';
    readonly days: number;
  }[];
}

export interface RulesConfig {
  readonly timeZone: string;
  readonly areaCode: string;
  readonly numberPattern: string;
  /** The form offers the items of practice (来电人职务, 紧急程度 …) beside those of 附件2. */
  readonly practiceFields: boolean;
  /** 信息报告时限. */
  readonly reportLimits: OfficeLimits;
  /** Without a key for so long a page shows 锁屏待接; 0: only when it is asked to. */
  readonly lockAfterMs: number;
  /** 附件 of a record. */
  readonly attachments: { readonly mostBytes: number; readonly mostOfRecord: number };
}

export interface AlertConfig {
  readonly webhook: Secret | null;
  /** Signs what the webhook gets. */
  readonly signingKey: Secret | null;
  /** Alerts as e-mail; null: none are sent. */
  readonly mail: MailConfig | null;
  /** How long a line may be unwatched before the alert goes out. */
  readonly afterMs: number;
  /** When a missed call that nobody calls back is told on. */
  readonly callBack: CallbackRule;
}

export interface MailConfig {
  readonly host: string;
  readonly port: number;
  readonly tls: 'implicit' | 'starttls' | 'none';
  /** PEM of the authority that signed its certificate; null: one that the machine knows. */
  readonly ca: string | null;
  readonly from: string;
  readonly to: readonly string[];
  /** Null: the server takes mail from this machine without. */
  readonly account: { readonly user: string; readonly password: Secret } | null;
}

export interface ProbeConfig {
  readonly plan: ProbePlan;
  readonly trunks: readonly ProbeTrunk[];
  /** How long a probe may ring: for 无条件 and 遇忙, and for 无应答. */
  readonly ringMs: number;
  readonly noAnswerMs: number;
  /** Sound file of the PBX that an answered probe plays; null: it hangs up at once. */
  readonly notice: string | null;
  /** The lines of a room are probed when its 交接班 begins; absent: they are not. */
  readonly atHandOver?: true;
}

/** A trunk by which we call the lines from outside. */
export interface ProbeTrunk {
  readonly pbx: string;
  readonly trunk: string;
  /** Numbers the called side sees, the first of which we say. */
  readonly shows: readonly string[];
  /** Dialled before the number. */
  readonly prefix: string;
}

export interface PbxConfig {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: PbxTls | null;
  readonly listen: AmiAccount;
  readonly control: AmiAccount | null;
  readonly recorder: AmiAccount | null;
  /** Places calls of our own and records them; null: from here none is placed. */
  readonly probe: AmiAccount | null;
  readonly trunks: readonly string[];
  /** Contexts in which calls of the trunks arrive; empty: the PBX is asked. */
  readonly inboundContexts: readonly string[];
  /** Zone of its clock (IANA): names of its files and its history carry its local time. */
  readonly timeZone: string;
  /** Where the PBX writes sound and where we find the same folder; null when nothing is recorded. */
  readonly recordings: PbxRecordings | null;
  /** Where the PBX keeps its calls; null: nothing is asked after a gap. */
  readonly history: HistoryConfig | null;
  readonly timeouts: { readonly connectMs: number; readonly answerMs: number; readonly pingMs: number };
}

export type PbxRecordings =
  | {
      /** Absolute folder as the PBX names it. */
      readonly base: string;
      /** The same folder as this machine sees it. */
      readonly folder: string;
      /** A network share shows a growing file later than a local disk does (D5). */
      readonly kind: 'local' | 'mounted';
      /** How a stand-alone recorder names its files there; null: they are named by the PBX. */
      readonly pattern: RecorderPattern | null;
    }
  | {
      readonly base: string;
      readonly kind: 'sftp';
      readonly sftp: SftpConfig;
      readonly pattern: RecorderPattern | null;
    };

/** How files are fetched from the PBX's machine. */
export interface SftpConfig {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The private key (PEM or OpenSSH). */
  readonly key: Secret;
  /** `SHA256:` and 43 characters, as `ssh-keygen -lf` prints it. */
  readonly hostKey: string;
  /** `base` as this user sees it: another path where sshd puts him into a chroot. */
  readonly folder: string;
}

/** CEL and CDR of a PBX, read only. `timeZone` (IANA) is that of the times in it. */
export type HistoryConfig =
  /** At least one of the two files. */
  | {
      readonly kind: 'csv';
      readonly cel: string | null;
      readonly cdr: string | null;
      readonly timeZone: string;
    }
  /** With its password. */
  | { readonly kind: 'mysql' | 'postgres'; readonly url: Secret; readonly timeZone: string }
  | { readonly kind: 'sqlite'; readonly path: string; readonly timeZone: string };

/** TLS to the PBX: its certificate is either pinned or signed by an authority of the office; exactly one is set. */
export interface PbxTls {
  readonly fingerprint256: string | null;
  readonly caFile: string | null;
}

export interface AmiAccount {
  readonly username: string;
  readonly secret: Secret;
}
