/** Every desk of the office at its address: what a page asks for and sends, but for what goes over its socket. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createCheckedOpening } from '../recordings/vault/checked-open.ts';
import type { AttachmentLimits } from '../records/attachment.ts';
import { addAlertDesk } from './alert-desk.ts';
import { addAssessmentDesk } from './assessment-desk.ts';
import { addAttachmentDesk } from './attachment-desk.ts';
import { createSoundGate } from './audible.ts';
import { addClipExport } from './clip-export.ts';
import { addDirectoryDesk } from './directory-desk.ts';
import { addDirectoryImport } from './directory-import.ts';
import { addDutyNotesDesk } from './duty-notes-desk.ts';
import { addHandOverDesk } from './hand-over-desk.ts';
import { addIncidentDesk } from './incident-desk.ts';
import { addIncidentPapers } from './incident-papers.ts';
import { addInspectionDesk } from './inspection-desk.ts';
import { addInspectionPapers } from './inspection-papers.ts';
import { addInstructionDesk } from './instruction-desk.ts';
import { createListening } from './listening.ts';
import type { LoginOutcome, LoginRequest } from './login.ts';
import type { OfficeIndex } from './office-index.ts';
import { addPapers } from './papers.ts';
import type { PersonPin } from './person-pin.ts';
import { addProbeDesk } from './probe-desk.ts';
import { addReadinessDesk } from './readiness-desk.ts';
import { addRecordReading } from './record-reading.ts';
import { addRecordingDesk } from './recording-desk.ts';
import { addRecordingReplay } from './recording-replay.ts';
import { addReviewDesk } from './review-desk.ts';
import { addRosterDesk } from './roster-desk.ts';
import { addRosterFiles } from './roster-files.ts';
import { addSearchDesk } from './search-desk.ts';
import { addSecrecyDesk } from './secrecy-desk.ts';
import type { Sessions, Visitor } from './sessions.ts';
import { addSetupDesk } from './setup-desk.ts';
import { addShiftLogDesk } from './shift-log-desk.ts';
import { addShiftLogPapers } from './shift-log-papers.ts';
import { addWallDesk } from './wall-desk.ts';
import { addWallShow } from './wall-show.ts';
import { addWatchDesk } from './watch-desk.ts';
import { addWatchPapers } from './watch-papers.ts';
import type { WebDeps, WebOptions } from './web-options.ts';

/** What the desks share. */
export interface DesksDeps extends WebDeps {
  readonly offices: OfficeIndex;
  readonly sessions: Sessions;
  readonly pins: PersonPin;
  readonly attachments: AttachmentLimits;
  readonly login: (request: LoginRequest) => Promise<LoginOutcome>;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly addressOf: (request: FastifyRequest) => string;
}

export function addDesks(
  app: FastifyInstance,
  options: Pick<WebOptions, 'timeZone' | 'areaCode' | 'probeAtHandOver' | 'exportsPerMinute'>,
  deps: DesksDeps,
): void {
  const { store, intake, offices, visitorOf, refuseForeign, addressOf, clock, log } = deps;
  const { timeZone, areaCode } = options;
  const desk = { store, intake, offices, visitorOf, refuseForeign, timeZone, areaCode, clock, log };

  addRecordReading(app, desk);
  addSearchDesk(app, desk);
  addPapers(app, desk);
  addWatchPapers(app, desk);
  addInstructionDesk(app, desk);
  addReviewDesk(app, desk);
  addAlertDesk(app, { ...desk, alerts: deps.alerts });
  addWatchDesk(app, desk);
  addDirectoryImport(app, addDirectoryDesk(app, desk), refuseForeign, areaCode);
  addHandOverDesk(app, {
    ...desk,
    pins: deps.pins,
    probes: options.probeAtHandOver === true ? deps.probeOffice : null,
  });
  addIncidentDesk(app, desk);
  addIncidentPapers(app, desk);
  addShiftLogPapers(app, desk);
  addShiftLogDesk(app, desk);
  addDutyNotesDesk(app, desk);
  addAssessmentDesk(app, desk);
  addRosterFiles(app, addRosterDesk(app, desk), desk);
  addInspectionPapers(app, addInspectionDesk(app, desk), desk);
  addReadinessDesk(app, desk);
  addSoundDesks(app, options, deps);
  addWallShow(app, { ...desk, addressOf, demo: deps.simulation !== null });
  addWallDesk(app, desk);
  const scopeOf = (account: string) => deps.sessions.scopeOf(account);
  addSecrecyDesk(app, { ...desk, login: deps.login, scopeOf, addressOf });
  if (deps.recordingOffice !== null) addRecordingDesk(app, { ...desk, office: deps.recordingOffice });
  if (deps.setupOffice !== null) addSetupDesk(app, { ...desk, office: deps.setupOffice });
}

/** What lets somebody hear a call or a probe, or brings a file in or out. */
function addSoundDesks(
  app: FastifyInstance,
  {
    timeZone,
    areaCode,
    exportsPerMinute = 20,
  }: Pick<WebOptions, 'timeZone' | 'areaCode' | 'exportsPerMinute'>,
  { store, intake, library, offices, visitorOf, refuseForeign, clock, log, ...deps }: DesksDeps,
): void {
  const listening = createListening({ store, intake, clock });
  const gate = createSoundGate({ store, intake, offices, visitorOf, clock });
  const sound = { gate, listening, refuseForeign, clock };
  const opening = createCheckedOpening(library);
  addRecordingReplay(app, { ...sound, opening, visitorOf, log });
  addProbeDesk(app, {
    ...{ store, intake, offices, opening, visitorOf, refuseForeign, areaCode, clock, log },
    office: deps.probeOffice,
  });
  addAttachmentDesk(app, {
    ...{ store, intake, offices, library, visitorOf, refuseForeign, clock, log },
    limits: deps.attachments,
  });
  addClipExport(app, { ...sound, store, library, ffmpeg: deps.ffmpeg, timeZone, exportsPerMinute });
}
