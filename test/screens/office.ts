/** The office of the pictures: the demonstration with people, units and a telephone book as an office has them; all invented. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import type { Role } from '../../src/accounts/access.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { describeProblems } from '../../src/config/problem.ts';
import type { PbxSetup } from '../../src/lines/duty-line.ts';
import { createRecordingLibrary, type RecordingLibrary } from '../../src/recordings/library.ts';
import { DEMO_LOGIN } from '../../src/service/demonstration.ts';
import { type Service, start } from '../../src/service/start.ts';
import { createLog } from '../../src/web/log.ts';
import { hashPassword } from '../../src/web/password.ts';

export const ROOM = 'duty-room';
export const PASSWORD = 'duty-room-7';
export const OFFICER = { login: DEMO_LOGIN.login, password: DEMO_LOGIN.password };

/** As the stories of the demonstration were captured: the number they call and the phones that ring. */
export const SETUP: PbxSetup = {
  pbx: 'demo',
  trunks: ['PJSIP/telco'],
  lines: [
    {
      id: 'line-1',
      room: ROOM,
      number: '0954-2035678',
      dids: ['09542035678'],
      trunks: ['PJSIP/telco'],
      phones: ['PJSIP/1001', 'PJSIP/1002'],
      recording: 'ami',
    },
  ],
};

const LONG_UNIT = '云岭市青石区农业农村和水利局防汛抗旱指挥部办公室综合协调科';

const OFFICE = {
  units: [
    { id: 'city', name: '云岭市人民政府办公室' },
    { id: 'district', name: '青石区人民政府', parent: 'city' },
    { id: 'town', name: '柳泉镇人民政府', parent: 'district' },
  ],
  rooms: [
    { id: ROOM, unit: 'district', name: '青石区人民政府值班室', formTitle: '青石区人民政府值班室电话记录单' },
    { id: 'town-room', unit: 'town', name: '柳泉镇综合值班室', formTitle: '柳泉镇人民政府值班室电话记录单' },
  ],
  lines: [
    ...SETUP.lines.map((line) => ({ ...line, pbx: SETUP.pbx })),
    {
      ...{
        id: 'line-town',
        room: 'town-room',
        number: '0954-2036789',
        dids: ['09542036789'],
        pbx: SETUP.pbx,
      },
      ...{ trunks: ['PJSIP/telco'], phones: ['PJSIP/1003'] },
    },
  ],
  seats: [
    { id: 'seat-1', room: ROOM, name: '一号坐席', phone: 'PJSIP/1001' },
    { id: 'seat-2', room: ROOM, name: '二号坐席', phone: 'PJSIP/1002' },
    { id: 'seat-3', room: ROOM, name: '带班领导办公室' },
  ],
  people: [
    { id: 'p-wang', room: ROOM, name: '王丽', title: '科员', phone: '0954-2035678' },
    { id: 'p-ouyang', room: ROOM, name: '欧阳建国', title: '四级主任科员', phone: '0954-2035678' },
    { id: 'p-ma', room: ROOM, name: '马志强', title: '副区长', phone: '0954-2035601' },
    { id: 'p-zhou', room: 'town-room', name: '周敏', title: '科员' },
  ],
  directory: [
    { number: '0954-8887777', unit: '市应急管理局', person: '张某', title: '值班员', class: 'superior' },
    { number: '0954-8881200', unit: '市政府总值班室', class: 'superior' },
    { number: '0954-8885555', unit: '柳泉镇人民政府值班室', class: 'subordinate' },
    { number: '0954-8883141', unit: LONG_UNIT, person: '司马相如松', title: '副科长', class: 'subordinate' },
    {
      number: '135 0000 1111',
      unit: '柳泉镇人民政府',
      person: '李某',
      title: '副镇长',
      class: 'subordinate',
    },
    ...['教育局', '住房城乡建设局', '交通运输局', '卫生健康局', '供电公司', '水务局', '公安分局'].flatMap(
      (name, index) => [
        { number: `0954-88840${10 + index}`, unit: `青石区${name}`, person: '值班室', class: 'subordinate' },
        { number: `138 0000 00${10 + index}`, unit: `青石区${name}`, person: '赵某', title: '主任' },
      ],
    ),
  ],
  roster: [{ room: ROOM, leaders: ['p-ma'], officers: ['p-wang', 'p-ouyang'] }],
};

/** Beside the demonstration's own account, which is 王丽. */
const ACCOUNTS: readonly (readonly [login: string, name: string, role: Role, person: string | null])[] = [
  ['ouyang', '欧阳建国', 'officer', 'p-ouyang'],
  ['leader', '马志强', 'leader', 'p-ma'],
  ['supervisor', '督查员陈某', 'supervisor', null],
  ['admin', '系统管理员', 'administrator', null],
  ['auditor', '审计员', 'auditor', null],
];

export interface PicturedOffice {
  readonly service: Service;
  readonly url: string;
  /** Where the service keeps its sound. */
  readonly library: RecordingLibrary;
  /** Folder the demonstration's PBX records into. */
  readonly pbxFolder: string;
  stop(): Promise<void>;
}

/** The whole service on a free port of loopback, in a temporary folder. Calls come only when they are asked for. */
export async function openOffice(): Promise<PicturedOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-screens-'));
  const copy = join(folder, 'copy');
  mkdirSync(copy);
  writeFileSync(
    join(folder, 'dutyline.yaml'),
    stringify({
      http: { host: '127.0.0.1' },
      storage: { recordings: 'sound', state: 'state', secondCopy: { folder: 'copy' } },
      rules: { practiceFields: true, lockAfter: 600 },
    }),
  );
  writeFileSync(join(folder, 'office.yaml'), stringify(OFFICE));
  const loaded = loadConfig({ dir: folder, env: { PORT: '0' } });
  if (!loaded.ok) throw new Error(describeProblems(loaded.problems));
  const service = await start(loaded.config, {
    log: createLog('silent'),
    pageFolder: fileURLToPath(new URL('../../build/page', import.meta.url)),
    demoCallsByItself: false,
  });
  const passwordHash = await hashPassword(PASSWORD);
  for (const [login, name, role, person] of ACCOUNTS)
    await service.intake.work({
      type: 'account-add',
      ...{ id: `a-${login}`, login, name, role, person, passwordHash },
      unit: role === 'supervisor' ? 'city' : 'district',
      at: Date.now(),
    });
  return {
    service,
    url: `http://127.0.0.1:${service.port}`,
    library: createRecordingLibrary(join(folder, 'sound')),
    pbxFolder: join(folder, 'state', 'demo-pbx'),
    async stop() {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
