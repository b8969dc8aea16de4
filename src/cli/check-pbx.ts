/** One PBX's part of `dutyline doctor`: each account logs in and shows its write classes, the clocks, the folder of sound. */
import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import {
  type AmiManager,
  createAmiManager,
  DEFAULT_TIMING,
  type LinkState,
} from '../asterisk/control/ami-manager.ts';
import { type AccountKind, askRights } from '../asterisk/control/rights.ts';
import { createListenSession, LISTEN_TIMING } from '../asterisk/listen/listen-session.ts';
import type { AmiAccount, PbxConfig } from '../config/config.ts';
import { sftpPlaceOf } from '../service/recording-places.ts';
import { bad, type Finding, good, note } from './finding.ts';

/** What is lost without each of the needed actions. */
const LOSS: Readonly<Record<string, string>> = {
  coreshowchannels: 'after a lost connection nobody knows which calls still live',
  getvar: 'a call that was diverted to the line is not recognised',
  dbget: 'call forwarding set on the PBX is not seen',
  mixmonitor: 'no recording by AMI',
};

/** > 2 s is shown on the page, > 30 s is a finding (D15). */
const OFFSET_SHOWN_MS = 2_000;
const OFFSET_BAD_MS = 30_000;

/** All findings about one PBX. `recordsByAmi`: a line with `recording: ami` hangs on it. */
export async function checkPbx(pbx: PbxConfig, recordsByAmi: boolean): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const accounts: readonly (readonly [AccountKind, AmiAccount | null])[] = [
    ['listen', pbx.listen],
    ['control', pbx.control],
    ['recorder', pbx.recorder],
  ];
  for (const [kind, account] of accounts) {
    if (account !== null) findings.push(...(await checkAccount(pbx, kind, account)));
  }
  if (pbx.control === null) {
    findings.push(note(`${pbx.id}: no control account`, 'config/asterisk/manager.conf says what it buys'));
  }
  if (pbx.recorder === null && recordsByAmi) {
    findings.push(
      bad(
        `${pbx.id}: a line is recorded by ami, but there is no recorder account`,
        'add pbxs[].recorder, or record by pbx or snippet',
      ),
    );
  }
  findings.push(...(await checkRecordings(pbx)));
  return findings;
}

async function checkAccount(
  pbx: PbxConfig,
  kind: AccountKind,
  account: AmiAccount,
): Promise<readonly Finding[]> {
  const name = `${pbx.id}: ${kind} account ${account.username} at ${pbx.host}:${pbx.port}`;
  const settled = Promise.withResolvers<LinkState>();
  const manager = createAmiManager(
    {
      host: pbx.host,
      port: pbx.port,
      tls: pbx.tls,
      username: account.username,
      secret: account.secret.reveal(),
    },
    (state) => {
      if (state.state !== 'connecting') settled.resolve(state);
    },
    { ...DEFAULT_TIMING, connectWithinMs: pbx.timeouts.connectMs, answerWithinMs: pbx.timeouts.answerMs },
  );
  try {
    const state = await settled.promise;
    if (state.state === 'down') return [bad(`${name}: ${state.trouble.en}`, state.trouble.zh)];
    const listening =
      kind === 'listen' ? [...(await checkClock(pbx, manager)), ...(await checkSight(pbx, name))] : [];
    return [good(`${name}: logged in`), ...listening, ...(await checkClasses(manager, name, kind))];
  } finally {
    await manager.stop();
  }
}

async function checkClasses(
  manager: AmiManager,
  name: string,
  kind: AccountKind,
): Promise<readonly Finding[]> {
  const answer = await askRights(manager, kind);
  if (!answer.ok)
    return [note(`${name}: its classes cannot be asked: ${answer.trouble.en}`, answer.trouble.zh)];
  const { lacking, mayRecord } = answer.value;
  const tooMuch = kind !== 'recorder' && mayRecord;
  return [
    ...lacking.map(({ action, writeClass }) =>
      bad(
        `${name}: lacks write class ${writeClass}: ${LOSS[action] ?? action}`,
        `add it to "write" in manager.conf and reload`,
      ),
    ),
    ...(tooMuch
      ? [
          note(
            `${name}: has write class system, which is a shell on the PBX`,
            'take it away: this account does not need it',
          ),
        ]
      : []),
  ];
}

/** Ping's answer carries the PBX's own time (16 and 22). */
async function checkClock(pbx: PbxConfig, manager: AmiManager): Promise<readonly Finding[]> {
  const sentAt = Date.now();
  const answer = await manager.send({ action: 'Ping', headers: {} });
  const middle = (sentAt + Date.now()) / 2;
  const seconds = answer.ok ? Number(answer.value.response.get('timestamp')) : Number.NaN;
  if (!Number.isFinite(seconds))
    return [note(`${pbx.id}: the PBX does not tell its time`, 'times will be those of arrival')];
  const offset = Math.round(seconds * 1_000 - middle);
  const what = `${pbx.id}: its clock is ${Math.abs(offset)} ms ${offset < 0 ? 'behind' : 'ahead of'} ours`;
  if (Math.abs(offset) > OFFSET_BAD_MS)
    return [bad(what, 'set both clocks by NTP: every time on a form depends on them')];
  return [Math.abs(offset) > OFFSET_SHOWN_MS ? note(what, 'set both clocks by NTP') : good(what)];
}

/**
 * What the listen account sees, by listening: AMI has no question for one's own read classes, and FullyBooted carries no
 * time even with timestampevents (22.10), so the rest shows at the first call.
 */
async function checkSight(pbx: PbxConfig, name: string): Promise<readonly Finding[]> {
  const listed = Promise.withResolvers<void>();
  const session = createListenSession(
    {
      host: pbx.host,
      port: pbx.port,
      tls: pbx.tls,
      username: pbx.listen.username,
      secret: pbx.listen.secret.reveal(),
    },
    {
      input(input) {
        if (input.type === 'channels-listed') listed.resolve();
      },
      state(state) {
        if (state.state === 'down' || state.limits.length > 0) listed.resolve();
      },
    },
    Date.now,
    Math.random,
    { ...LISTEN_TIMING, connectWithinMs: pbx.timeouts.connectMs, answerWithinMs: pbx.timeouts.answerMs },
  );
  const late = setTimeout(() => listed.resolve(), pbx.timeouts.connectMs + 3 * pbx.timeouts.answerMs);
  await listed.promise;
  clearTimeout(late);
  const { state, reason, limits } = session.state();
  session.stop();
  if (state !== 'up')
    return [
      bad(
        `${name}: ${reason?.en ?? 'did not begin to listen in time'}`,
        reason?.zh ?? 'try again; the PBX may be busy',
      ),
    ];
  if (limits.length > 0) return limits.map(({ zh, en }) => bad(`${name}: ${en}`, zh));
  return [good(`${name}: listens; classes call and dialplan and timestampevents show at the first call`)];
}

async function checkRecordings(pbx: PbxConfig): Promise<readonly Finding[]> {
  if (pbx.recordings === null)
    return [note(`${pbx.id}: no recordings folder`, 'add pbxs[].recordings to keep the sound of its calls')];
  if (pbx.recordings.kind === 'sftp') return checkFetching(pbx.id, pbx.recordings);
  const { base, folder } = pbx.recordings;
  try {
    await access(folder, constants.R_OK | constants.X_OK);
    const entries = await readdir(folder);
    return [good(`${pbx.id}: ${folder} (there ${base}) can be read, ${entries.length} entries`)];
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown reason';
    return [
      bad(
        `${pbx.id}: ${folder} (there ${base}) cannot be read (${code})`,
        'mount it, or add the user that runs the service to the group of Asterisk: usermod -aG asterisk USER',
      ),
    ];
  }
}

type Fetching = Extract<NonNullable<PbxConfig['recordings']>, { kind: 'sftp' }>;

/** Logs in as the service does, with the same pinned host key, and reads the folder. */
async function checkFetching(pbx: string, recordings: Fetching): Promise<readonly Finding[]> {
  const { user, host, port, folder } = recordings.sftp;
  const name = `${pbx}: sftp ${user}@${host}:${port} ${folder} (there ${recordings.base})`;
  const place = sftpPlaceOf(recordings, '');
  try {
    const trouble = await place.check();
    return [trouble === null ? good(`${name}: can be read`) : bad(`${name}: ${trouble.en}`, trouble.zh)];
  } finally {
    place.close();
  }
}
