/** The whole service over SQLite, listening to a replayer, with one room and accounts of its officers. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load-config.ts';
import { describeProblems } from '../../src/config/problem.ts';
import { type Service, start } from '../../src/service/start.ts';
import { createLog } from '../../src/web/log.ts';
import { hashPassword } from '../../src/web/password.ts';
import { PASSWORD } from '../web/web-bed.ts';

/** Starts it in this process; PASSWORD opens every account. */
export async function startReplayed(
  folder: string,
  amiPort: number,
  logins: readonly string[],
): Promise<Service> {
  await writeFile(join(folder, 'dutyline.yaml'), serviceYaml(amiPort));
  await writeFile(join(folder, 'office.yaml'), OFFICE_YAML);
  await mkdir(join(folder, 'page'));
  await writeFile(join(folder, 'page', 'index.html'), '');
  const loaded = loadConfig({ dir: folder, env: { PORT: '0', LISTEN: 'x' } });
  if (!loaded.ok) throw new Error(describeProblems(loaded.problems));
  const service = await start(loaded.config, { log: createLog('warn'), pageFolder: join(folder, 'page') });
  const passwordHash = await hashPassword(PASSWORD);
  for (const login of logins) {
    await service.intake.work({
      type: 'account-add',
      id: `a-${login}`,
      login,
      name: login,
      role: 'officer',
      unit: 'unit',
      person: 'p-zhang',
      passwordHash,
      at: Date.now(),
    });
  }
  return service;
}

function serviceYaml(port: number): string {
  return `
http: { host: 127.0.0.1 }
storage: { recordings: sound, state: state }
pbxs:
  - { id: office, host: 127.0.0.1, port: ${port}, listen: { username: listen, secretEnv: LISTEN }, trunks: [PJSIP/telco] }
`;
}

const OFFICE_YAML = `
units: [{ id: unit, name: 办公室 }]
rooms: [{ id: room, unit: unit, name: 值班室, formTitle: 电话记录单 }]
lines:
  - { id: line-1, room: room, pbx: office, number: 0954-2035678, dids: ["09542035678"], trunks: [PJSIP/telco], phones: [PJSIP/1001, PJSIP/1002], recording: none }
seats: [{ id: s-1, room: room, name: 1 号坐席, phone: PJSIP/1001 }]
people: [{ id: p-zhang, room: room, name: 张三 }]
roster: [{ room: room, leaders: [], officers: [p-zhang] }]
`;
