/** The office of the month: one room with one line, two phones, eight officers and three leaders. */

import type { DutyNotes } from '../../src/duty/duty-notes.ts';
import { FIRST_NOTES } from '../../src/duty/duty-notes.ts';
import type { Office } from '../../src/duty/office.ts';
import { SUPERIOR } from './planned-calls.ts';
import { LEADERS, nameOf, OFFICERS } from './planned-roster.ts';

export const ROOM = 'room-1';
export const UNIT = 'city';
export const PBX = 'pbx-1';
export const LINE = 'line-1';
const NUMBER = '0954-2030000';
export const DID = '2030000';
export const PHONES = ['PJSIP/1001', 'PJSIP/1002'] as const;
export const TRUNK = 'PJSIP/telco';

export const OFFICE: Office = {
  units: [{ id: UNIT, name: '固原市人民政府', parent: null }],
  rooms: [{ id: ROOM, unit: UNIT, name: '市政府总值班室', formTitle: '固原市人民政府值班室电话记录单' }],
  lines: [
    {
      ...{ id: LINE, room: ROOM, pbx: PBX, number: NUMBER, dids: [DID], trunks: [TRUNK] },
      ...{ phones: PHONES, recording: 'ami' },
    },
  ],
  seats: PHONES.map((phone, n) => ({ id: `seat-${n + 1}`, room: ROOM, name: `${n + 1} 号席`, phone })),
  people: [...OFFICERS, ...LEADERS].map((id) => ({
    ...{ id, room: ROOM, name: nameOf(id), title: null, phone: null, standing: 'permanent' },
  })),
  directory: [
    { id: 'k-1', number: SUPERIOR, unit: '自治区总值班室', person: null, title: null, class: 'superior' },
  ],
  shifts: [],
};

export const NOTES: DutyNotes = {
  ...FIRST_NOTES,
  superiors: [{ name: '自治区总值班室', number: SUPERIOR }],
};
