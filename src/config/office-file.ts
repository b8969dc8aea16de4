/** `office.yaml` as an `Office` and back: what `config/office.yaml` holds, and `dutyline office import` and `export`. */
import { createHash } from 'node:crypto';
import type { Office } from '../duty/office.ts';
import { STANDING_WORDS, standingOf } from '../duty/standing.ts';
import { formatLocalTime, parseLocalTime } from './local-time.ts';
import type { KnownPbx } from './office-check.ts';
import { officeProblems } from './office-check.ts';
import type { OfficeFile } from './office-schema.ts';
import { officeSchema } from './office-schema.ts';
import type { Problem } from './problem.ts';
import { writtenNames } from './salvage.ts';
import { checkShape } from './shape.ts';
import { readYaml, writeYaml } from './yaml-file.ts';

export interface OfficeContext {
  /** Name shown in problems. */
  readonly file: string;
  readonly timeZone: string;
  /** PBXs that lines may name. Null when they are not known: those checks are left out. */
  readonly pbxs: readonly KnownPbx[] | null;
  /** Names in a `dutyline.yaml` that has mistakes: whoever uses one of them is not wrong for it. Absent when it has none. */
  readonly doubtfulNames?: ReadonlySet<string>;
}

/** Reads and checks the text of an office file. All mistakes come together. */
export function parseOffice(
  text: string,
  context: OfficeContext,
):
  | { readonly ok: true; readonly office: Office }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const yaml = readYaml(context.file, text, {});
  if (yaml.problems.length > 0) return { ok: false, problems: yaml.problems };
  const problems: Problem[] = [];
  const { rest, isWhole, refuse } = checkShape(context.file, yaml, officeSchema, problems);
  if (rest === null) return { ok: false, problems };
  const office = toOffice(rest, context.timeZone, refuse);
  const doubtful = doubtfulNames(context, isWhole ? undefined : yaml.value);
  for (const { path, message, lacks } of officeProblems(office, context.pbxs)) {
    if (lacks === undefined || doubtful?.has(lacks) !== true) refuse(path, message);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, office };
}

/** What may only seem to be missing, since the entry that has it was taken out for another mistake. */
function doubtfulNames(context: OfficeContext, partialFile: unknown): ReadonlySet<string> | null {
  if (context.doubtfulNames === undefined && partialFile === undefined) return null;
  return new Set(['', ...(context.doubtfulNames ?? []), ...writtenNames(partialFile)]);
}

/** The text of an office file that reads back as the same office. */
export function writeOffice(office: Office, timeZone: string): string {
  const moment = (at: number | null) => (at === null ? null : formatLocalTime(at, timeZone));
  const { units, rooms, lines, seats, people, directory, shifts } = office;
  return writeYaml({
    units: units.map(({ id, name, parent }) => withoutNulls({ id, name, parent })),
    rooms,
    lines,
    seats: seats.map(({ id, room, name, phone }) => withoutNulls({ id, room, name, phone })),
    people: people.map(({ id, room, name, title, phone, standing }) =>
      withoutNulls({
        ...{ id, room, name, title, phone },
        standing: standing == null ? null : STANDING_WORDS[standing],
      }),
    ),
    directory: directory.map(({ number, unit, person, title, class: kind }) =>
      withoutNulls({ number, unit, person, title, class: kind }),
    ),
    roster: shifts.map(({ room, from, to, leaders, officers, standby, name }) =>
      withoutNulls({ room, from: moment(from), to: moment(to), leaders, officers, standby, name }),
    ),
  });
}

function toOffice(
  file: OfficeFile,
  timeZone: string,
  refuse: (path: readonly PropertyKey[], message: string) => void,
): Office {
  const roster = file.roster ?? [];
  const moment = (i: number, key: 'from' | 'to', text: string | undefined): number | null => {
    if (text === undefined) return null;
    const at = parseLocalTime(text, timeZone);
    if (at === null) refuse(['roster', i, key], `there is no ${text} in ${timeZone}`);
    return at;
  };
  return {
    units: file.units.map((unit) => ({ ...unit, parent: unit.parent ?? null })),
    rooms: file.rooms.map((room) => ({ ...room, formTitle: room.formTitle ?? `${room.name}电话记录单` })),
    lines: file.lines.map((line) => ({
      ...line,
      dids: line.dids ?? [],
      trunks: line.trunks ?? [],
      phones: line.phones ?? [],
      recording: line.recording ?? 'none',
    })),
    seats: (file.seats ?? []).map((seat) => ({ ...seat, phone: seat.phone ?? null })),
    people: (file.people ?? []).map(({ standing: written, ...person }, i) => {
      const standing = written === undefined ? undefined : standingOf(written);
      if (written !== undefined && standing === undefined)
        refuse(['people', i, 'standing'], `write one of ${Object.values(STANDING_WORDS).join(', ')}`);
      return {
        ...{ ...person, title: person.title ?? null, phone: person.phone ?? null },
        ...(standing === undefined ? {} : { standing }),
      };
    }),
    directory: (file.directory ?? []).map((contact) => ({
      id: stableId('contact', [contact.number, contact.unit ?? '', contact.person ?? '']),
      number: contact.number,
      unit: contact.unit ?? null,
      person: contact.person ?? null,
      title: contact.title ?? null,
      class: contact.class ?? null,
    })),
    shifts: roster.map((shift, i) => ({
      id: stableId('shift', [
        shift.room,
        shift.from ?? '',
        shift.to ?? '',
        ...(shift.officers ?? []),
        ...(shift.leaders ?? []),
      ]),
      room: shift.room,
      from: moment(i, 'from', shift.from),
      to: moment(i, 'to', shift.to),
      leaders: shift.leaders ?? [],
      officers: shift.officers ?? [],
      ...(shift.standby === undefined ? {} : { standby: shift.standby }),
      ...(shift.name === undefined ? {} : { name: shift.name }),
    })),
  };
}

/** The same entry gets the same id at every import, so that importing a file twice changes nothing. */
function stableId(kind: string, parts: readonly string[]): string {
  return `${kind}-${createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)}`;
}

function withoutNulls(entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== null && value !== undefined),
  );
}
