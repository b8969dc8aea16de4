/** The machine's part of `dutyline doctor` and of the page 系统: Node, ffmpeg, database, office, Redis, folders. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Config } from '../../config/config.ts';
import { knownPbxs } from '../../config/load-config.ts';
import { officeProblems } from '../../config/office-check.ts';
import { keyText } from '../../config/problem.ts';
import { lookAtRedis } from '../../jobs/redis.ts';
import type { Store } from '../../storage/store.ts';
import { checkProbeTrunks } from './check-probe-trunks.ts';
import { bad, CHECK_AGAIN, type Finding, good, note } from './finding.ts';

const run = promisify(execFile);
const ENOUGH_BYTES = 2e9;

/** Opens the store for one look, or hands over the one that is open. */
type StoreLook = <T>(use: (store: Store) => Promise<T>) => Promise<T>;

/** Everything that does not need a PBX, in the order it is printed. */
export async function checkMachine(config: Config, look: StoreLook): Promise<readonly Finding[]> {
  return [
    good(`Node ${process.versions.node}`, `运行环境 Node ${process.versions.node}`),
    await checkFfmpeg(),
    ...(await checkDatabase(config, look)),
    ...(await checkRedis(config)),
    ...(await look((store) => checkProbeTrunks(config, store, Date.now())).catch(() => [])),
    await checkWritable('recordings', '录音存储', config.storage.recordings),
    await checkWritable('state', '数据', config.storage.state),
    ...checkPage(config),
  ];
}

async function checkFfmpeg(): Promise<Finding> {
  const program = process.env.FFMPEG_PATH || 'ffmpeg';
  try {
    const { stdout } = await run(program, ['-hide_banner', '-version'], { timeout: 10_000 });
    const version = /version (\S+)/.exec(stdout)?.[1];
    return good(`ffmpeg ${version ?? 'of unknown version'}`, `音频工具 ffmpeg ${version ?? '（版本不明）'}`);
  } catch {
    // Not there or not runnable: both mean the same to the reader.
    return note(
      `ffmpeg was not found as "${program}"`,
      'apt-get install ffmpeg; WAV recordings are kept and played without it',
      [
        `没有找到 ffmpeg（${program}），录音照常入库和播放 WAV`,
        '在服务器上安装 ffmpeg：apt-get install ffmpeg',
      ],
    );
  }
}

async function checkDatabase(config: Config, look: StoreLook): Promise<readonly Finding[]> {
  const name = config.storage.database.kind === 'sqlite' ? config.storage.database.file : 'PostgreSQL';
  try {
    return await look(async (store) => {
      const [office, accounts] = await Promise.all([store.office(), store.accounts()]);
      const findings = [
        good(
          `database ${name}: ${office.lines.length} lines, ${accounts.length} accounts`,
          `数据库 ${name}：值班电话 ${office.lines.length} 部，账号 ${accounts.length} 个`,
        ),
      ];
      if (office.lines.length === 0)
        findings.push(
          bad('the database has no line', 'fill config/office.yaml, or "dutyline office import FILE"', [
            '还没有值班电话',
            '在本页第 2 步拨打值班电话，再设为值班电话',
          ]),
        );
      if (accounts.length === 0 && config.demo === null)
        findings.push(
          bad('there is no account', 'dutyline user add LOGIN --role officer', [
            '还没有账号',
            '在服务器上执行 dutyline user add 登录名 --role administrator',
          ]),
        );
      for (const { path, message } of officeProblems(office, knownPbxs(config))) {
        findings.push(
          bad(
            `office: ${keyText(path)}: ${message}`,
            '"dutyline office export FILE", mend it, "dutyline office import FILE"',
            [
              `单位资料有误：${keyText(path)}：${message}`,
              '用 dutyline office export 导出，改正后用 dutyline office import 导入',
            ],
          ),
        );
      }
      return findings;
    });
  } catch (failure) {
    const why = harmless(failure instanceof Error ? failure.message : String(failure));
    return [
      bad(
        `database ${name} cannot be opened: ${why}`,
        'check path and rights, or that the server runs and DUTYLINE_DATABASE_URL is right',
        [
          `数据库 ${name} 打不开：${why}`,
          '请检查路径和权限，或数据库是否运行、DUTYLINE_DATABASE_URL 是否正确',
        ],
      ),
    ];
  }
}

async function checkRedis({ redis }: Config): Promise<readonly Finding[]> {
  if (redis === null) return [];
  const found = await lookAtRedis(redis.reveal());
  if (!found.usable) {
    return [
      bad(
        `Redis cannot be used: ${harmless(found.why)}`,
        'check that it runs and that REDIS_URL is right; the service starts without it, and jobs wait',
        [`Redis 不能用：${harmless(found.why)}`, '请检查它是否运行、REDIS_URL 是否正确；恢复前后台任务等待'],
      ),
    ];
  }
  return found.warnings.length === 0
    ? [good('Redis keeps an append-only file and throws nothing away', 'Redis 已打开持久化，不丢弃数据')]
    : found.warnings.map(({ en, zh }) =>
        note(en, 'set it in redis.conf and restart Redis', [
          zh,
          `在 redis.conf 中设置并重启 Redis。${CHECK_AGAIN}`,
        ]),
      );
}

async function checkWritable(name: string, zh: string, folder: string): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(folder);
    const gb = ((bavail * bsize) / 1e9).toFixed(1);
    return bavail * bsize < ENOUGH_BYTES
      ? bad(`${name} folder ${folder}: only ${gb} GB free`, 'make room: a full disk loses recordings', [
          `${zh}目录 ${folder} 只剩 ${gb} GB`,
          '请清理磁盘：写满后录音会丢失',
        ])
      : good(`${name} folder ${folder}: ${gb} GB free`, `${zh}目录 ${folder} 可写，剩余 ${gb} GB`);
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown reason';
    return bad(
      `${name} folder ${folder} cannot be written (${code})`,
      'give it to the user that runs the service',
      [`${zh}目录 ${folder} 不能写入（${code}）`, '请把目录的权限给运行本服务的用户'],
    );
  }
}

function checkPage({ http }: Config): readonly Finding[] {
  if (!http.allowPlainHttp) return [];
  return [
    note(
      'http.allowPlainHttp is on: passwords travel unencrypted',
      'remove the key; HTTPS needs no certificate of your own',
      ['允许明文 HTTP，密码传输未加密', '删去 http.allowPlainHttp；HTTPS 不需要自备证书'],
    ),
  ];
}

/** A system's own words on one line, with nothing in them that moves a terminal or a page. */
function harmless(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
