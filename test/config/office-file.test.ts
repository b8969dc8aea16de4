import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseOffice, writeOffice } from '../../src/config/office-file.ts';

const SHIPPED = readFileSync(join(import.meta.dirname, '../../config/office.yaml'), 'utf8');
const CONTEXT = { file: 'office.yaml', timeZone: 'Asia/Shanghai', pbxs: null };

function read(text: string) {
  const parsed = parseOffice(text, CONTEXT);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.office;
}

it('reads an office back as it was written', () => {
  const office = read(
    `${SHIPPED}  - { room: duty-room, from: 2026-10-01 08:00, to: 2026-10-02 8:00, officers: [officer-1] }\n`,
  );
  expect(office.shifts).toHaveLength(2);
  const text = writeOffice(office, 'Asia/Shanghai');
  expect(read(text).shifts[1]?.from).toBe(office.shifts[1]?.from);
  expect({ ...read(text), shifts: [] }).toEqual({ ...office, shifts: [] });
});

it('gives an entry the same id at every import', () => {
  expect(read(SHIPPED)).toEqual(read(SHIPPED));
  const ids = read(SHIPPED).directory.map((contact) => contact.id);
  expect(new Set(ids).size).toBe(ids.length);
});

it('keeps text that looks like YAML, a formula or right-to-left script as text', () => {
  const name = 'ש"=cmd()\' #: 𠮷';
  const office = read(SHIPPED);
  const [unit] = office.units;
  if (unit === undefined) throw new Error('the shipped office has no unit');
  const odd = { ...office, units: [{ ...unit, name }, ...office.units.slice(1)] };
  expect(read(writeOffice(odd, 'Asia/Shanghai')).units[0]?.name).toBe(name);
});
