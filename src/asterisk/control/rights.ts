/** What each log-in must be allowed to say, and whether it is: AMI lists to an account only the actions its classes allow. */
import { type Answer, failed, hindrance, type Trouble, trouble } from '../trouble.ts';
import type { AmiManager } from './ami-manager.ts';

export interface Right {
  /** Name of the action, in small letters. */
  readonly action: string;
  /** The `write` class of manager.conf that allows it. */
  readonly writeClass: string;
}

const NEEDED_RIGHTS = {
  listen: [{ action: 'coreshowchannels', writeClass: 'reporting' }],
  control: [
    { action: 'getvar', writeClass: 'call' },
    { action: 'dbget', writeClass: 'reporting' },
  ],
  recorder: [{ action: 'mixmonitor', writeClass: 'system' }],
  probe: [
    { action: 'originate', writeClass: 'originate' },
    { action: 'mixmonitor', writeClass: 'system' },
  ],
} as const satisfies Readonly<Record<string, readonly Right[]>>;

export type AccountKind = keyof typeof NEEDED_RIGHTS;

export interface Rights {
  readonly lacking: readonly Right[];
  /** MixMonitor, which is a shell on the PBX: right for the recorder and the probe alone. */
  readonly mayRecord: boolean;
}

/** Asks the PBX, with `ListCommands`, which every account may say. Never rejects. */
export async function askRights(manager: AmiManager, kind: AccountKind): Promise<Answer<Rights>> {
  const answer = await manager.send({ action: 'ListCommands', headers: {} });
  if (!answer.ok) return answer;
  const { response } = answer.value;
  // A PBX that lists not even this lists nothing: then nothing is known.
  if (!response.has('listcommands') && !response.has('ping')) return failed('ami-refused', 'ListCommands');
  const lacking = NEEDED_RIGHTS[kind].filter(({ action }) => !response.has(action));
  return { ok: true, value: { lacking, mayRecord: response.has('mixmonitor') } };
}

/** The trouble of a log-in that lacks rights, with what cannot be done for it; null when it has all. */
export function lackOf(kind: Exclude<AccountKind, 'listen'>, { lacking }: Rights): Trouble | null {
  if (lacking.length === 0) return null;
  const readsCalls = lacking.every(({ action }) => action === 'dbget');
  const lack = trouble(
    'ami-missing-privilege',
    `write=${lacking.map(({ writeClass }) => writeClass).join(',')}`,
  );
  return hindrance(kind === 'control' && readsCalls ? 'settings' : kind, lack);
}
