import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type AmiTap, openTap } from './ami-tap.ts';
import { type InstanceFolders, makeFolders, writeCommonConf, writeConf } from './asterisk-config.ts';
import { type AsteriskMajor, type AsteriskProgram, asteriskProgram } from './asterisk-prefix.ts';
import { type AccountName, accountSecret, managerConf } from './manager-conf.ts';
import { selfMadeCertificate } from './self-made-certificate.ts';
import { inTimeZone } from './time-zone.ts';
import { handOver, serverUser } from './unprivileged.ts';

/** One real Asterisk on its own loopback address. */
export interface AsteriskInstance {
  readonly major: AsteriskMajor;
  readonly address: string;
  readonly folders: InstanceFolders;
  pid(): number | null;
  /** Opens a capturing AMI session as one of the accounts. */
  tap(account: AccountName, file?: string): Promise<AmiTap>;
  /** Sends one action as the bed's own all-powerful account and returns the answer. */
  manage(headers: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>>;
  /** What stands in messages.log, for the message of a failed test. */
  log(): string;
  /** SIGKILL: no Hangup events, no CDR, headers of recordings left at 0. */
  kill9(): Promise<void>;
  /** `core stop now`, by signal: Shutdown event, channels hung up, CDRs written. */
  stopCleanly(): Promise<void>;
  /** Starts it again after a kill or a clean stop, same address, same AstDB. */
  start(): Promise<void>;
  /** Kills it if it runs and deletes its folder. */
  dispose(): Promise<void>;
}

export interface AsteriskSettings {
  readonly major: AsteriskMajor;
  readonly address: string;
  /** Configuration files of its part: name → text. They win over the common ones. */
  readonly files: (folders: InstanceFolders) => Readonly<Record<string, string>>;
  readonly timestamps?: boolean;
  /** Seconds east of UTC; the machine's own zone when absent. */
  readonly timeZone?: number;
}

// A test that dies must not leave a PBX behind.
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Writes the configuration, starts Asterisk and waits until it says "fully booted". */
export async function startAsterisk(settings: AsteriskSettings): Promise<AsteriskInstance> {
  const program = await asteriskProgram(settings.major);
  const root = mkdtempSync(join(tmpdir(), `dutyline-pbx${settings.major}-`));
  const folders = makeFolders(root);
  await writeAllConf(program, folders, settings);
  const plain = {
    command: program.command,
    args: [...program.args, '-f', '-C', join(folders.etc, 'asterisk.conf')],
  };
  const run =
    settings.timeZone === undefined ? plain : inTimeZone(plain, settings.timeZone, join(root, 'localtime'));
  handOver(root);
  const { address } = settings;
  let child: ChildProcess | null = null;

  const tapOf = (account: AccountName, file?: string) =>
    openTap({
      host: address,
      username: account,
      secret: accountSecret(account),
      ...(file === undefined ? {} : { file }),
    });

  const instance: AsteriskInstance = {
    major: settings.major,
    address,
    folders,
    pid: () => child?.pid ?? null,
    tap: tapOf,
    async manage(headers) {
      const tap = await tapOf('bed');
      const answer = await tap.action(headers);
      await tap.close();
      return answer;
    },
    log: () => readFileSync(join(folders.log, 'messages'), 'utf8'),
    kill9: () => endBy('SIGKILL'),
    stopCleanly: () => endBy('SIGTERM'),
    async start() {
      if (child !== null) throw new Error('asterisk: it runs already');
      const started = spawn(run.command, run.args, {
        env: program.env,
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        ...serverUser(),
      });
      let said = '';
      const keep = (chunk: Buffer) => {
        said = (said + chunk.toString('utf8')).slice(-4_000);
      };
      started.stdout.on('data', keep);
      started.stderr.on('data', keep);
      child = started;
      running.add(started);
      started.once('exit', () => {
        running.delete(started);
        if (child === started) child = null;
      });
      await waitUntilBooted(tapOf, () => {
        if (started.exitCode !== null || started.signalCode !== null)
          throw new Error(`asterisk ended at start: ${said}`);
      });
    },
    async dispose() {
      await endBy('SIGKILL');
      rmSync(root, { recursive: true, force: true });
    },
  };

  async function endBy(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    if (ending === null) return;
    const ended = once(ending, 'exit');
    ending.kill(signal);
    await ended;
    child = null;
  }

  try {
    await instance.start();
  } catch (failure) {
    const told = failure instanceof Error ? failure.message : String(failure);
    const log = readFileSync(join(folders.log, 'messages'), { encoding: 'utf8', flag: 'a+' }).slice(-2_000);
    await instance.dispose();
    throw new Error(`${told}\n${log}`, { cause: failure });
  }
  return instance;
}

async function writeAllConf(
  program: AsteriskProgram,
  folders: InstanceFolders,
  settings: AsteriskSettings,
): Promise<void> {
  writeCommonConf(program, folders, settings.address);
  const tlsPem = join(folders.etc, 'ami.pem');
  writeFileSync(tlsPem, await selfMadeCertificate(), { mode: 0o600 });
  const manager = managerConf({ address: settings.address, timestamps: settings.timestamps ?? true, tlsPem });
  writeConf(folders, 'manager.conf', manager);
  for (const [name, text] of Object.entries(settings.files(folders))) writeConf(folders, name, text);
}

/** AMI listens before the dialplan is there; only FullyBooted says that calls will be taken. */
async function waitUntilBooted(
  tapOf: (account: AccountName) => Promise<AmiTap>,
  checkAlive: () => void,
): Promise<void> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    checkAlive();
    const tap = await tapOf('bed').catch((reason: unknown) => reason);
    if (!(tap instanceof Error) && isTap(tap)) {
      await tap.waitFor('FullyBooted', (packet) => packet.Event === 'FullyBooted', 30_000);
      await tap.close();
      return;
    }
    if (performance.now() > deadline)
      throw new Error('asterisk: AMI did not answer within 30 s', { cause: tap });
    await delay(20);
  }
}

function isTap(value: unknown): value is AmiTap {
  return typeof value === 'object' && value !== null && 'waitFor' in value;
}
