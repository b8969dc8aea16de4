import type { Shift } from '../duty/roster.ts';
import type { RosterTable } from './office-tables.ts';

/** A shift that counts, from its row. */
export function shiftOf(row: RosterTable): Shift {
  return {
    id: row.id,
    room: row.room,
    from: row.from_at,
    to: row.to_at,
    leaders: JSON.parse(row.leaders_json) as readonly string[],
    officers: JSON.parse(row.officers_json) as readonly string[],
    ...(row.standby_json === null ? {} : { standby: JSON.parse(row.standby_json) as readonly string[] }),
    ...(row.name === null ? {} : { name: row.name }),
  };
}
