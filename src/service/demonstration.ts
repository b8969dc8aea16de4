/** The demonstration (D13) as the service uses it: a PBX like any other, and accounts to look at it with. */
import { DEMO_PBX, type PbxConfig } from '../config/config.ts';
import { createSecret } from '../config/secret.ts';
import { type DemoPbx, startDemoPbx } from '../demo/demo-pbx.ts';
import type { Refusal } from '../records/command.ts';
import type { Store } from '../storage/store.ts';
import { hashPassword } from '../web/password.ts';
import { createSimulation, type Simulation } from '../web/simulation.ts';

export interface Demonstration {
  readonly config: PbxConfig;
  readonly simulation: Simulation;
  stop(): Promise<void>;
}

/** Log-in of the demonstration. It sees invented calls only, and is shut when the service starts without it. */
export const DEMO_LOGIN = { login: 'demo', password: 'zhiban-demo', pin: '2580' } as const;
const DEMO_ACCOUNT = 'demonstration';

/** Starts it; `folder` is where its PBX records, the same at each start, so that what was unfinished is found again. */
export async function startDemonstration(
  now: () => number,
  automatic: boolean,
  trunks: readonly string[],
  folder: string,
): Promise<Demonstration> {
  const pbx = await startDemoPbx({ now, automatic, folder });
  return {
    config: configOf(pbx, trunks),
    simulation: createSimulation(pbx.stories, async (story) => (pbx.simulate(story) ? null : NOT_STARTED)),
    stop: () => pbx.stop(),
  };
}

/** Adds the demonstration's account once, with an officer who is on duty behind it, and PINs for all. */
export async function prepareDemoAccount(store: Store, at: number): Promise<void> {
  if ((await store.account(DEMO_ACCOUNT)) !== undefined) {
    await store.write([{ type: 'account-disabled', account: DEMO_ACCOUNT, disabled: false, at }]);
    return;
  }
  const office = await store.office();
  const [room] = office.rooms;
  if (room === undefined) return;
  const people = office.people.filter((person) => person.room === room.id);
  const onDuty = (await store.roomView(room.id, at))?.onDuty;
  const [passwordHash, pinHash] = await Promise.all([
    hashPassword(DEMO_LOGIN.password),
    hashPassword(DEMO_LOGIN.pin),
  ]);
  await store.write([
    {
      type: 'account-add',
      id: DEMO_ACCOUNT,
      login: DEMO_LOGIN.login,
      name: '演示账号',
      role: 'officer',
      unit: room.unit,
      person: onDuty?.officers[0]?.id ?? people[0]?.id ?? null,
      passwordHash,
      at,
    },
    ...people.map(({ id: person }) => ({ type: 'person-pin', person, pinHash, at }) as const),
  ]);
}

/** An office that once looked at the demonstration in this database must not keep a door everybody knows. */
export async function shutDemoAccount(store: Store, at: number): Promise<void> {
  const account = await store.account(DEMO_ACCOUNT);
  if (account === undefined || account.disabled) return;
  await store.write([{ type: 'account-disabled', account: DEMO_ACCOUNT, disabled: true, at }]);
}

function configOf(pbx: DemoPbx, trunks: readonly string[]): PbxConfig {
  const account = { username: pbx.account.username, secret: createSecret(pbx.account.secret) };
  return {
    id: DEMO_PBX,
    name: '演示',
    host: pbx.host,
    port: pbx.port,
    tls: null,
    listen: account,
    control: account,
    recorder: account,
    probe: null,
    trunks,
    inboundContexts: [],
    timeZone: 'Asia/Shanghai',
    recordings: { base: pbx.recordingsBase, folder: pbx.recordingsBase, kind: 'local', pattern: null },
    history: null,
    timeouts: { connectMs: 5_000, answerMs: 5_000, pingMs: 15_000 },
  };
}

const NOT_STARTED: Refusal = {
  code: 'not-started',
  zh: '没有这个演示，或同时进行的演示太多，请稍候再试。',
  en: 'There is no such story, or too many run already. Try again in a moment.',
};
