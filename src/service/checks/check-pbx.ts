/** One PBX's part of `dutyline doctor` and of the page 系统: each account logs in and shows its write classes, the clocks, the folder of sound. */
import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import {
  type AmiManager,
  createAmiManager,
  DEFAULT_TIMING,
  type LinkState,
} from '../../asterisk/control/ami-manager.ts';
import { type AccountKind, askRights } from '../../asterisk/control/rights.ts';
import { createListenSession, LISTEN_TIMING } from '../../asterisk/listen/listen-session.ts';
import type { AmiAccount, PbxConfig } from '../../config/config.ts';
import { sftpPlaceOf } from '../recording-places.ts';
import { bad, CHECK_AGAIN, type Finding, good, note } from './finding.ts';

/** What is lost without each of the needed actions. */
const LOSS: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  coreshowchannels: [
    'after a lost connection nobody knows which calls still live',
    '连接中断恢复后，不知道哪些通话还在进行',
  ],
  getvar: ['a call that was diverted to the line is not recognised', '看不出来电是否经过转移'],
  dbget: ['call forwarding set on the PBX is not seen', '看不到电话交换机上设置的呼叫转移'],
  mixmonitor: ['no recording by AMI', '不能让电话交换机录音'],
  originate: ['no probe can be placed', '不能拨测'],
};

const ACCOUNT_NAMES = { listen: '监听', control: '查询', recorder: '录音', probe: '拨测' } as const;

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
    ['probe', pbx.probe],
  ];
  for (const [kind, account] of accounts) {
    if (account !== null) findings.push(...(await checkAccount(pbx, kind, account)));
  }
  if (pbx.control === null) {
    findings.push(
      note(`${pbx.id}: no control account`, 'config/asterisk/manager.conf says what it buys', [
        '没有查询账号，看不出来电是否经过转移',
        '需要时按 config/asterisk/manager.conf 添加，并填入 dutyline.yaml 的 control',
      ]),
    );
  }
  if (pbx.recorder === null && recordsByAmi) {
    findings.push(
      bad(
        `${pbx.id}: a line is recorded by ami, but there is no recorder account`,
        'add pbxs[].recorder, or record by pbx or snippet',
        [
          '有值班电话由本系统发起录音，但没有录音账号',
          '在 dutyline.yaml 中填写 recorder，或把录音方式改为交换机自录',
        ],
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
  const nameZh = `${ACCOUNT_NAMES[kind]}账号 ${account.username}（${pbx.host}:${pbx.port}）`;
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
    if (state.state === 'down') {
      const { en, zh } = state.trouble;
      return [bad(`${name}: ${en}`, zh, [`${nameZh}：${zh}`, CHECK_AGAIN])];
    }
    const listening =
      kind === 'listen'
        ? [...(await checkClock(pbx, manager)), ...(await checkSight(pbx, name, nameZh))]
        : [];
    return [
      good(`${name}: logged in`, `${nameZh}：已登录`),
      ...listening,
      ...(await checkClasses(manager, name, nameZh, kind)),
    ];
  } finally {
    await manager.stop();
  }
}

async function checkClasses(
  manager: AmiManager,
  name: string,
  nameZh: string,
  kind: AccountKind,
): Promise<readonly Finding[]> {
  const answer = await askRights(manager, kind);
  if (!answer.ok) {
    const { en, zh } = answer.trouble;
    return [
      note(`${name}: its classes cannot be asked: ${en}`, zh, [
        `${nameZh}：查不到它的权限：${zh}`,
        CHECK_AGAIN,
      ]),
    ];
  }
  const { lacking, mayRecord } = answer.value;
  const tooMuch = kind !== 'recorder' && kind !== 'probe' && mayRecord;
  return [
    ...lacking.map(({ action, writeClass }) =>
      bad(
        `${name}: lacks write class ${writeClass}: ${LOSS[action]?.[0] ?? action}`,
        `add it to "write" in manager.conf and reload`,
        [
          `${nameZh}：缺少权限 write=${writeClass}，${LOSS[action]?.[1] ?? action}`,
          '在 manager.conf 的 write 中加上，再执行 manager reload',
        ],
      ),
    ),
    ...(tooMuch
      ? [
          note(
            `${name}: has write class system, which is a shell on the PBX`,
            'take it away: this account does not need it',
            [
              `${nameZh}：有 system 权限，等于能在交换机上执行命令`,
              '这个账号用不到，请从 manager.conf 的 write 中去掉',
            ],
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
    return [
      note(`${pbx.id}: the PBX does not tell its time`, 'times will be those of arrival', [
        '交换机不报时间',
        '时间以本系统收到为准；可在 manager.conf 中打开 timestampevents',
      ]),
    ];
  const offset = Math.round(seconds * 1_000 - middle);
  const what = `${pbx.id}: its clock is ${Math.abs(offset)} ms ${offset < 0 ? 'behind' : 'ahead of'} ours`;
  const zh = `交换机时钟比本系统${offset < 0 ? '慢' : '快'} ${Math.abs(offset)} 毫秒`;
  const fix = '请用 NTP 校准两台机器的时钟：记录单上的时间以此为准';
  if (Math.abs(offset) > OFFSET_BAD_MS)
    return [bad(what, 'set both clocks by NTP: every time on a form depends on them', [zh, fix])];
  return [
    Math.abs(offset) > OFFSET_SHOWN_MS ? note(what, 'set both clocks by NTP', [zh, fix]) : good(what, zh),
  ];
}

/**
 * What the listen account sees, by listening: AMI has no question for one's own read classes, and FullyBooted carries no
 * time even with timestampevents (22.10), so the rest shows at the first call.
 */
async function checkSight(pbx: PbxConfig, name: string, nameZh: string): Promise<readonly Finding[]> {
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
        [`${nameZh}：${reason?.zh ?? '没有按时开始监听，交换机可能正忙'}`, CHECK_AGAIN],
      ),
    ];
  if (limits.length > 0)
    return limits.map(({ zh, en }) => bad(`${name}: ${en}`, zh, [`${nameZh}：${zh}`, CHECK_AGAIN]));
  return [
    good(
      `${name}: listens; classes call and dialplan and timestampevents show at the first call`,
      `${nameZh}：正在监听；能否看到通话，拨打一次即知（第 2 步）`,
    ),
  ];
}

async function checkRecordings(pbx: PbxConfig): Promise<readonly Finding[]> {
  if (pbx.recordings === null)
    return [
      note(`${pbx.id}: no recordings folder`, 'add pbxs[].recordings to keep the sound of its calls', [
        '没有配置录音目录，通话没有录音',
        '在 dutyline.yaml 中填写 recordings',
      ]),
    ];
  if (pbx.recordings.kind === 'sftp') return checkFetching(pbx, pbx.recordings);
  const { base, folder } = pbx.recordings;
  try {
    await access(folder, constants.R_OK | constants.X_OK);
    const entries = await readdir(folder);
    return [
      good(
        `${pbx.id}: ${folder} (there ${base}) can be read, ${entries.length} entries`,
        `录音目录 ${folder}（交换机上 ${base}）可读，有 ${entries.length} 项`,
      ),
    ];
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown reason';
    return [
      bad(
        `${pbx.id}: ${folder} (there ${base}) cannot be read (${code})`,
        'mount it, or add the user that runs the service to the group of Asterisk: usermod -aG asterisk USER',
        [
          `录音目录 ${folder}（交换机上 ${base}）不能读（${code}）`,
          '请挂载该目录，或把运行本服务的用户加入 Asterisk 的组：usermod -aG asterisk 用户',
        ],
      ),
    ];
  }
}

type Fetching = Extract<NonNullable<PbxConfig['recordings']>, { kind: 'sftp' }>;

/** Logs in as the service does, with the same pinned host key, and reads the folder. */
async function checkFetching(pbx: PbxConfig, recordings: Fetching): Promise<readonly Finding[]> {
  const { user, host, port, folder } = recordings.sftp;
  const nameZh = `取录音 ${user}@${host}:${port} ${folder}`;
  const name = `${pbx.id}: sftp ${user}@${host}:${port} ${folder} (there ${recordings.base})`;
  const place = sftpPlaceOf(recordings, '');
  try {
    const trouble = await place.check();
    return [
      trouble === null
        ? good(`${name}: can be read`, `${nameZh}：可读`)
        : bad(`${name}: ${trouble.en}`, trouble.zh, [`${nameZh}：${trouble.zh}`, CHECK_AGAIN]),
    ];
  } finally {
    place.close();
  }
}
