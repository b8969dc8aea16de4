/** A duty line (值班电话): one published number of one room, on one PBX, and how its calls are told from others. */
export interface DutyLine {
  readonly id: string;
  readonly room: string;
  /** The published number, as printed: `0954-2035678`. */
  readonly number: string;
  /** Numbers the trunk sends as DID for this line. May be empty: then `trunks` alone decide (FXO, gateways). */
  readonly dids: readonly string[];
  /** Endpoints or channel patterns the line's calls arrive on: `PJSIP/telco`, `DAHDI/1-*`. Empty: any trunk of the PBX. */
  readonly trunks: readonly string[];
  /** Endpoints of the phones of this line: `PJSIP/1001`. */
  readonly phones: readonly string[];
  readonly recording: RecordingMode;
}

/** How sound of a line is kept (D5). */
export type RecordingMode = 'pbx' | 'ami' | 'snippet' | 'none';

/** What the tracker of one PBX must know about the office. */
export interface PbxSetup {
  readonly pbx: string;
  /** Every trunk of the PBX, also those no duty line uses: a leg that leaves through any of them left the premises. */
  readonly trunks: readonly string[];
  readonly lines: readonly DutyLine[];
  /** Channels whose Uniqueid begins so are placed by DutyLine itself (拨测): never calls of a line. */
  readonly probePrefix?: string;
}
