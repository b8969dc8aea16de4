import { RING_LIMITS } from '../../src/diagnosis/watch-rules.ts';
import type { Office } from '../../src/duty/office.ts';
import type { OfficeRules } from '../../src/storage/store.ts';

export const RULES: OfficeRules = {
  areaCode: '0954',
  numberPattern: '值电〔{year}〕{n}号',
  timeZone: 'Asia/Shanghai',
  watch: { ...{ areaCode: '0954', lines: {} }, ...RING_LIMITS },
};

export const ROOM = 'room-1';
export const PBX = 'pbx-1';

/** One unit, two rooms, two lines, two seats with a person each to sit there, a small telephone book. */
export const OFFICE: Office = {
  units: [
    { id: 'city', name: '固原市人民政府', parent: null },
    { id: 'county', name: '原州区人民政府', parent: 'city' },
  ],
  rooms: [
    { id: ROOM, unit: 'city', name: '市政府总值班室', formTitle: '固原市人民政府值班室电话记录单' },
    { id: 'room-2', unit: 'county', name: '区政府值班室', formTitle: '原州区人民政府值班室电话记录单' },
  ],
  lines: [
    line('line-1', ROOM, '0954-2030000', ['2030000'], ['PJSIP/1001', 'PJSIP/1002']),
    line('line-2', 'room-2', '0954-2040000', ['2040000'], ['PJSIP/2001']),
  ],
  seats: [
    { id: 'seat-1', room: ROOM, name: '一号席', phone: 'PJSIP/1001' },
    { id: 'seat-2', room: ROOM, name: '二号席', phone: 'PJSIP/1002' },
    { id: 'seat-3', room: 'room-2', name: '一号席', phone: 'PJSIP/2001' },
  ],
  people: [
    { id: 'zhang', room: ROOM, name: '张某', title: '科员', phone: '2030001' },
    { id: 'li', room: ROOM, name: '李某', title: null, phone: null },
    { id: 'wang', room: ROOM, name: '王某', title: '副秘书长', phone: null },
    { id: 'zhao', room: 'room-2', name: '赵某', title: null, phone: null },
  ],
  directory: [
    {
      id: 'c1',
      number: '0954-2035678',
      unit: '市应急管理局',
      person: '马某',
      title: null,
      class: 'subordinate',
    },
    {
      id: 'c2',
      number: '139 0000 1111',
      unit: '自治区总值班室',
      person: null,
      title: null,
      class: 'superior',
    },
  ],
  shifts: [
    { id: 's1', room: ROOM, from: null, to: null, leaders: ['wang'], officers: ['zhang', 'li'] },
    { id: 's2', room: 'room-2', from: null, to: null, leaders: [], officers: ['zhao'] },
  ],
};

function line(id: string, room: string, number: string, dids: readonly string[], phones: readonly string[]) {
  return {
    id,
    room,
    pbx: PBX,
    number,
    dids,
    trunks: ['PJSIP/telco'],
    phones,
    recording: 'ami' as const,
  };
}
