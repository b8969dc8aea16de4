/** What must hold between the entries of an office, beyond the shape of each. Used on the file, and on the database at start. */
import type { Office, OfficeLine } from '../duty/office.ts';

export interface KnownPbx {
  readonly id: string;
  readonly trunks: readonly string[];
  readonly hasRecorder: boolean;
  readonly hasRecordings: boolean;
}

export interface OfficeProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The name that was not found, or '' for something else that is not there; undefined when what is there is wrong. */
  readonly lacks?: string;
}

/** `pbxs` null leaves out what only the service's own file can tell. */
export function officeProblems(office: Office, pbxs: readonly KnownPbx[] | null): readonly OfficeProblem[] {
  return [
    ...repeatedIds(office),
    ...unknownNames(office),
    ...unitLoops(office),
    ...unitsTooDeep(office),
    ...linesThatCannotBeTold(office),
    ...(pbxs === null ? [] : office.lines.flatMap((line, i) => lineAgainstPbx(line, i, pbxs))),
    ...seatPhones(office),
    ...shiftTimes(office),
  ];
}

function repeatedIds(office: Office): readonly OfficeProblem[] {
  const lists = {
    units: office.units,
    rooms: office.rooms,
    lines: office.lines,
    seats: office.seats,
    people: office.people,
  };
  return Object.entries(lists).flatMap(([list, entries]) =>
    entries.flatMap(({ id }, i) =>
      entries.findIndex((other) => other.id === id) < i
        ? [{ path: [list, i, 'id'], message: `"${id}" is used twice; each id stands for one entry` }]
        : [],
    ),
  );
}

interface Reference {
  readonly kind: 'unit' | 'room' | 'person';
  readonly id: string;
  readonly path: readonly PropertyKey[];
}

function unknownNames(office: Office): readonly OfficeProblem[] {
  const known = { unit: office.units, room: office.rooms, person: office.people };
  return references(office).flatMap(({ kind, id, path }) =>
    known[kind].some((entry) => entry.id === id)
      ? []
      : [{ path, lacks: id, message: `there is no ${kind} "${id}"; known: ${namesOf(known[kind])}` }],
  );
}

function references(office: Office): readonly Reference[] {
  const toRoom = (list: 'lines' | 'seats' | 'people') =>
    office[list].map(({ room }, i): Reference => ({ kind: 'room', id: room, path: [list, i, 'room'] }));
  return [
    ...office.units.flatMap(({ parent }, i): readonly Reference[] =>
      parent === null ? [] : [{ kind: 'unit', id: parent, path: ['units', i, 'parent'] }],
    ),
    ...office.rooms.map(({ unit }, i): Reference => ({ kind: 'unit', id: unit, path: ['rooms', i, 'unit'] })),
    ...toRoom('lines'),
    ...toRoom('seats'),
    ...toRoom('people'),
    ...office.shifts.flatMap((shift, i): readonly Reference[] => [
      { kind: 'room', id: shift.room, path: ['roster', i, 'room'] },
      ...shift.leaders.map((id, n): Reference => ({ kind: 'person', id, path: ['roster', i, 'leaders', n] })),
      ...shift.officers.map(
        (id, n): Reference => ({ kind: 'person', id, path: ['roster', i, 'officers', n] }),
      ),
      ...(shift.standby ?? []).map(
        (id, n): Reference => ({ kind: 'person', id, path: ['roster', i, 'standby', n] }),
      ),
    ]),
  ];
}

function unitLoops(office: Office): readonly OfficeProblem[] {
  const parentOf = new Map(office.units.map((unit) => [unit.id, unit.parent]));
  return office.units.flatMap((unit, i) => {
    const seen = new Set<string>();
    for (let at: string | null = unit.id; at !== null; at = parentOf.get(at) ?? null) {
      if (seen.has(at))
        return at === unit.id
          ? [{ path: ['units', i, 'parent'], message: 'this unit stands above itself' }]
          : [];
      seen.add(at);
    }
    return [];
  });
}

/** From the State Council to a village are six; who is seen from above is worked out level by level. */
const MOST_LEVELS = 8;

/** The first unit on each branch that stands too deep; of a loop `unitLoops` tells. */
function unitsTooDeep(office: Office): readonly OfficeProblem[] {
  const parentOf = new Map(office.units.map((unit) => [unit.id, unit.parent]));
  return office.units.flatMap((unit, i) => {
    const above = new Set<string>();
    for (let at: string | null = unit.parent; at !== null && !above.has(at); at = parentOf.get(at) ?? null)
      above.add(at);
    if (above.has(unit.id) || above.size !== MOST_LEVELS) return [];
    const message = `stands on level ${MOST_LEVELS + 1} of the tree of units; there may be ${MOST_LEVELS}`;
    return [{ path: ['units', i, 'parent'], message }];
  });
}

/** Two lines of one PBX must differ by a DID or a trunk, or a call belongs to both. */
function linesThatCannotBeTold(office: Office): readonly OfficeProblem[] {
  return office.lines.flatMap((line, i) =>
    office.lines.slice(0, i).flatMap((other) => {
      if (other.pbx !== line.pbx || !trunksMeet(line, other)) return [];
      const shared = line.dids.filter((did) => other.dids.includes(did));
      const path = ['lines', i, 'dids'];
      if (shared.length > 0)
        return [{ path, message: `${shared.join(', ')} already belongs to line "${other.id}" on this PBX` }];
      if (line.dids.length > 0 || other.dids.length > 0) return [];
      return [
        {
          path,
          lacks: '',
          message: `has no DID and shares its trunks with line "${other.id}"; give one of them DIDs or trunks of its own`,
        },
      ];
    }),
  );
}

function trunksMeet(line: OfficeLine, other: OfficeLine): boolean {
  return (
    line.trunks.length === 0 ||
    other.trunks.length === 0 ||
    line.trunks.some((trunk) => other.trunks.includes(trunk))
  );
}

function lineAgainstPbx(line: OfficeLine, i: number, pbxs: readonly KnownPbx[]): readonly OfficeProblem[] {
  const pbx = pbxs.find((known) => known.id === line.pbx);
  if (pbx === undefined) {
    return [
      {
        path: ['lines', i, 'pbx'],
        lacks: line.pbx,
        message: `there is no PBX "${line.pbx}" in dutyline.yaml; known: ${namesOf(pbxs)}`,
      },
    ];
  }
  const problems: OfficeProblem[] = line.trunks.flatMap((trunk, n) =>
    pbx.trunks.includes(trunk)
      ? []
      : [
          {
            path: ['lines', i, 'trunks', n],
            lacks: trunk,
            message: `"${trunk}" is not among the trunks of PBX "${pbx.id}": ${pbx.trunks.join(', ')}`,
          },
        ],
  );
  line.phones.forEach((phone, n) => {
    if (pbx.trunks.includes(phone))
      problems.push({ path: ['lines', i, 'phones', n], message: `"${phone}" is a trunk of PBX "${pbx.id}"` });
  });
  const path = ['lines', i, 'recording'];
  if (line.recording === 'ami' && !pbx.hasRecorder) {
    problems.push({
      path,
      lacks: '',
      message: `ami needs the account "recorder" of PBX "${pbx.id}" in dutyline.yaml`,
    });
  }
  if (line.recording !== 'none' && !pbx.hasRecordings) {
    problems.push({
      path,
      lacks: '',
      message: `${line.recording} needs "recordings" of PBX "${pbx.id}" in dutyline.yaml; write none to record nothing`,
    });
  }
  return problems;
}

function seatPhones(office: Office): readonly OfficeProblem[] {
  return office.seats.flatMap((seat, i) => {
    if (seat.phone === null) return [];
    const path = ['seats', i, 'phone'];
    const twin = office.seats.slice(0, i).find((other) => other.phone === seat.phone);
    if (twin !== undefined) return [{ path, message: `${seat.phone} already stands at seat "${twin.id}"` }];
    const ofRoom = office.lines.filter((line) => line.room === seat.room);
    if (ofRoom.some((line) => line.phones.includes(seat.phone ?? ''))) return [];
    return [
      {
        path,
        lacks: seat.phone,
        message: `${seat.phone} is not among the phones of a line of room "${seat.room}"`,
      },
    ];
  });
}

function shiftTimes(office: Office): readonly OfficeProblem[] {
  return office.shifts.flatMap((shift, i) =>
    shift.from !== null && shift.to !== null && shift.to <= shift.from
      ? [{ path: ['roster', i, 'to'], message: 'the shift ends before it begins' }]
      : [],
  );
}

function namesOf(entries: readonly { readonly id: string }[]): string {
  return entries.map((entry) => entry.id).join(', ') || 'none';
}
