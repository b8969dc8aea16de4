/** 检查记录表 as rows. What people wrote in them is erasable (D11): the audit trail has verdicts and times, never a text. */
import type { Inspection } from '../duty/inspection.ts';
import type { KnownItems } from '../duty/inspection-known.ts';

export interface InspectionTable {
  readonly id: string;
  readonly unit: string;
  readonly rooms_json: string;
  readonly from_at: number;
  readonly to_at: number;
  readonly inspected_at: number;
  readonly inspectors: string;
  readonly answers_json: string;
  readonly inspector_json: string | null;
  readonly inspected_json: string | null;
  /** `KnownItems`, as it was shown to who signed; null until then. */
  readonly known_json: string | null;
  readonly opened_at: number;
  /** Account. */
  readonly opened_by: string | null;
}

export function inspectionOf(row: InspectionTable): Inspection {
  return {
    id: row.id,
    unit: row.unit,
    rooms: JSON.parse(row.rooms_json) as Inspection['rooms'],
    from: row.from_at,
    to: row.to_at,
    inspectedAt: row.inspected_at,
    inspectors: row.inspectors,
    answers: JSON.parse(row.answers_json) as Inspection['answers'],
    inspector: signedOf(row.inspector_json),
    inspected: signedOf(row.inspected_json),
  };
}

/** What changes of a row when its inspection goes on. */
export function changedColumns({ answers, inspector, inspected }: Inspection) {
  return {
    answers_json: JSON.stringify(answers),
    inspector_json: inspector === null ? null : JSON.stringify(inspector),
    inspected_json: inspected === null ? null : JSON.stringify(inspected),
  };
}

export function knownOf({ known_json }: Pick<InspectionTable, 'known_json'>): KnownItems | null {
  return known_json === null ? null : (JSON.parse(known_json) as KnownItems);
}

function signedOf(text: string | null): Inspection['inspector'] {
  return text === null ? null : (JSON.parse(text) as Inspection['inspector']);
}
