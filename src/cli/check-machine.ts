/** The machine's part of `dutyline doctor`: Node, ffmpeg, database, office, Redis, folders. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Config } from '../config/config.ts';
import { knownPbxs } from '../config/load-config.ts';
import { officeProblems } from '../config/office-check.ts';
import { keyText } from '../config/problem.ts';
import { lookAtRedis } from '../jobs/redis.ts';
import { bad, type Finding, good, note } from './finding.ts';
import { withStore } from './office-store.ts';
import { shown } from './terminal.ts';

const run = promisify(execFile);
const ENOUGH_BYTES = 2e9;

/** Everything that does not need a PBX, in the order it is printed. */
export async function checkMachine(config: Config): Promise<readonly Finding[]> {
  return [
    good(`Node ${process.versions.node}`),
    await checkFfmpeg(),
    ...(await checkDatabase(config)),
    ...(await checkRedis(config)),
    await checkWritable('recordings', config.storage.recordings),
    await checkWritable('state', config.storage.state),
    ...checkPage(config),
  ];
}

async function checkFfmpeg(): Promise<Finding> {
  const program = process.env.FFMPEG_PATH || 'ffmpeg';
  try {
    const { stdout } = await run(program, ['-hide_banner', '-version'], { timeout: 10_000 });
    return good(`ffmpeg ${/version (\S+)/.exec(stdout)?.[1] ?? 'of unknown version'}`);
  } catch {
    // Not there or not runnable: both mean the same to the reader.
    return note(
      `ffmpeg was not found as "${program}"`,
      'apt-get install ffmpeg; WAV recordings are kept and played without it',
    );
  }
}

async function checkDatabase(config: Config): Promise<readonly Finding[]> {
  const name = config.storage.database.kind === 'sqlite' ? config.storage.database.file : 'PostgreSQL';
  try {
    return await withStore(config, async (store) => {
      const [office, accounts] = await Promise.all([store.office(), store.accounts()]);
      const findings = [good(`database ${name}: ${office.lines.length} lines, ${accounts.length} accounts`)];
      if (office.lines.length === 0)
        findings.push(
          bad('the database has no line', 'fill config/office.yaml, or "dutyline office import FILE"'),
        );
      if (accounts.length === 0 && config.demo === null)
        findings.push(bad('there is no account', 'dutyline user add LOGIN --role officer'));
      for (const { path, message } of officeProblems(office, knownPbxs(config))) {
        findings.push(
          bad(
            `office: ${keyText(path)}: ${message}`,
            '"dutyline office export FILE", mend it, "dutyline office import FILE"',
          ),
        );
      }
      return findings;
    });
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : String(failure);
    return [
      bad(
        `database ${name} cannot be opened: ${shown(why)}`,
        'check path and rights, or that the server runs and DUTYLINE_DATABASE_URL is right',
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
        `Redis cannot be used: ${shown(found.why)}`,
        'check that it runs and that REDIS_URL is right; the service starts without it, and jobs wait',
      ),
    ];
  }
  return found.warnings.length === 0
    ? [good('Redis keeps an append-only file and throws nothing away')]
    : found.warnings.map(({ en }) => note(en, 'set it in redis.conf and restart Redis'));
}

async function checkWritable(name: string, folder: string): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(folder);
    const free = `${((bavail * bsize) / 1e9).toFixed(1)} GB free`;
    return bavail * bsize < ENOUGH_BYTES
      ? bad(`${name} folder ${folder}: only ${free}`, 'make room: a full disk loses recordings')
      : good(`${name} folder ${folder}: ${free}`);
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown reason';
    return bad(
      `${name} folder ${folder} cannot be written (${code})`,
      'give it to the user that runs the service',
    );
  }
}

function checkPage({ http }: Config): readonly Finding[] {
  if (!http.allowPlainHttp) return [];
  return [
    note(
      'http.allowPlainHttp is on: passwords travel unencrypted',
      'remove the key; HTTPS needs no certificate of your own',
    ),
  ];
}
