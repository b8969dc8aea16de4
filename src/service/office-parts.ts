/** A unit, room, line, seat or person typed on the page, looked at by the very rules of `office.yaml`. */
import { type KnownPbx, type OfficeProblem, officeProblems } from '../config/office-check.ts';
import { officeSchema } from '../config/office-schema.ts';
import type { Office } from '../duty/office.ts';
import type { Refusal } from '../records/command.ts';
import type { OfficePart } from '../storage/write-office-part.ts';

/** Null when it may stand in this office. */
export function refusePart(office: Office, part: OfficePart, pbxs: readonly KnownPbx[]): Refusal | null {
  const shape = wrongKey(part);
  if (shape !== null) return refusalFor(part.kind, shape.key, shape.message);
  // What was wrong before is for doctor to say; it must not keep anybody from mending something else.
  const before = new Set(officeProblems(office, pbxs).map(placeOf));
  const [found] = officeProblems(withPart(office, part), pbxs).filter((one) => !before.has(placeOf(one)));
  if (found === undefined) return null;
  // A line that leaves its room leaves the seats there without their telephone.
  const key = part.kind === 'line' && found.path[0] === 'seats' ? 'seats' : keyOf(found.path);
  return refusalFor(part.kind, key, found.message);
}

/** The office with the part in its place. */
export function withPart(office: Office, part: OfficePart): Office {
  switch (part.kind) {
    case 'unit':
      return { ...office, units: placed(office.units, part.put) };
    case 'room':
      return { ...office, rooms: placed(office.rooms, part.put) };
    case 'line':
      return { ...office, lines: placed(office.lines, part.put) };
    case 'seat':
      return { ...office, seats: placed(office.seats, part.put) };
    case 'person':
      return { ...office, people: placed(office.people, part.put) };
  }
}

function placed<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
  put: Entry,
): readonly Entry[] {
  return entries.some(({ id }) => id === put.id)
    ? entries.map((entry) => (entry.id === put.id ? put : entry))
    : [...entries, put];
}

function wrongKey({ kind, put }: OfficePart): { readonly key: string; readonly message: string } | null {
  const { units, rooms, lines, seats, people } = officeSchema.shape;
  const schema = {
    unit: units.element,
    room: rooms.element,
    line: lines.element,
    seat: seats.unwrap().element,
    person: people.unwrap().element,
  }[kind];
  const written = Object.fromEntries(Object.entries(put).filter(([, value]) => value !== null));
  const issue = schema.safeParse(written).error?.issues[0];
  return issue === undefined ? null : { key: keyOf(issue.path), message: issue.message };
}

function placeOf({ path, message }: OfficeProblem): string {
  return `${path.join('.')}: ${message}`;
}

/** `dids` of `lines[0].dids[2]`. */
function keyOf(path: readonly PropertyKey[]): string {
  return String(path.filter((step) => typeof step === 'string' && !LISTS.has(step))[0] ?? '');
}

const LISTS = new Set(['lines', 'seats', 'people', 'units', 'rooms', 'roster']);

function refusalFor(kind: OfficePart['kind'], key: string, en: string): Refusal {
  return { ...WRONG, zh: SENTENCES[`${kind}.${key}`] ?? WRONG.zh, en };
}

const WRONG: Refusal = {
  code: 'office-part-wrong',
  zh: '这一项与单位资料中的其他内容不相符，没有保存。请检查后再试。',
  en: 'This does not fit the rest of the office; nothing was written.',
};

const SENTENCES: Readonly<Record<string, string>> = {
  'unit.name': '单位名称为 1 至 60 个字，写在一行。',
  'unit.parent': '单位不能归到自己或自己的下级之下，最多 8 级。请另选上级单位。',
  'room.name': '值班室名称为 1 至 60 个字，写在一行。',
  'room.formTitle': '记录单标题为 1 至 80 个字，写在一行。',
  'room.unit': '没有这个单位，可能刚被删除。请重新打开本页。',
  'line.number': '值班电话号码写法不对。请写成 0954-2035678 这样。',
  'line.dids': '被叫号码写法不对，或已属于另一部值班电话。请按外线送来的数字填写。',
  'line.trunks': '所选外线不在这台交换机的外线之列。请先在 dutyline.yaml 的 trunks 中加上。',
  'line.phones': '话机写法不对，或其中有外线。请写成 PJSIP/1001 这样。',
  'line.recording': '这台交换机不能这样录音。请改选录音方式，或先补全 dutyline.yaml。',
  'line.seats': '这部值班电话的话机还在原值班室的坐席上。请先在第 4 步修改坐席的话机，再换值班室。',
  'line.room': '没有这个值班室。请重新打开本页。',
  'line.pbx': '没有这台电话交换机。请重新打开本页。',
  'seat.name': '坐席名称为 1 至 20 个字，写在一行。',
  'seat.phone': '这部话机已在别的坐席，或不是本室值班电话的话机。',
  'seat.room': '没有这个值班室。请重新打开本页。',
  'person.name': '姓名为 1 至 20 个字，写在一行。',
  'person.title': '职务最多 30 个字，写在一行。',
  'person.phone': '电话写法不对。请写成 0954-2035678 这样，或留空。',
  'person.room': '没有这个值班室。请重新打开本页。',
};
