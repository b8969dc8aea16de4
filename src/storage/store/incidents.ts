/** 突发事件: what runs, what was said of each, and by when something must be said. */
import type { IncidentBrief, UndecidedEmergency } from '../../duty/incident-view.ts';
import type { ReportLimits } from '../../duty/report-limits.ts';
import { type RunningClocks, runningClocks } from '../incident-clocks.ts';
import { incidentsOf, roomLimits } from '../incident-reads.ts';
import { atOneMoment, type ReadDeps } from '../read.ts';
import { incidentView, type StoredIncident } from '../stored-incident.ts';
import { undecidedEmergencies } from '../undecided-emergencies.ts';

export interface StoredIncidents {
  /** 突发事件 of a room, those that still run first. */
  incidents(room: string, at: number): Promise<readonly IncidentBrief[]>;
  /** All that was said of one; undefined for an unknown id. */
  incident(id: string, at: number): Promise<StoredIncident | undefined>;
  /** 突发信息 of a room of which nobody has said what becomes of it. */
  undecidedEmergencies(room: string, at: number): Promise<readonly UndecidedEmergency[]>;
  /** Every clock that still has to be kept, of all rooms. */
  runningClocks(at: number): Promise<readonly RunningClocks[]>;
  /** 信息报告时限 of a room. */
  reportLimits(room: string): ReportLimits;
}

export function storedIncidents(deps: ReadDeps): StoredIncidents {
  return {
    incidents: (room, at) => atOneMoment(deps, (moment) => incidentsOf(moment, room, at)),
    incident: (id, at) => atOneMoment(deps, (moment) => incidentView(moment, id, at)),
    undecidedEmergencies: (room, at) => atOneMoment(deps, (moment) => undecidedEmergencies(moment, room, at)),
    runningClocks: (at) => atOneMoment(deps, (moment) => runningClocks(moment, at)),
    reportLimits: (room) => roomLimits(deps, room),
  };
}
