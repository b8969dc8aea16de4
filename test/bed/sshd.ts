import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { handOver, serverUser } from './unprivileged.ts';

/** A real sshd as it stands on the machine of a PBX: one account, by key only, sftp only and read-only. */
export interface Sshd {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** `SHA256:…` of its host key, as `ssh-keygen -lf` prints it. */
  readonly hostKey: string;
  /** The private key that it lets in. */
  readonly key: string;
  /** What sshd has logged so far. */
  log(): string;
  /** Takes the account's key away, or gives it back. */
  letIn(isLetIn: boolean): void;
  /** Another system on the same address: stops, makes a new host key, starts again. */
  reinstall(): Promise<void>;
  /** Ends the server; the connections that stand end with it. */
  stop(): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts on a free loopback port, as an unprivileged user: such an sshd can log in that user only, which is all we need. */
export async function startSshd(address = '127.0.0.1'): Promise<Sshd> {
  const program = ['/usr/sbin/sshd', '/usr/bin/sshd'].find((path) => existsSync(path));
  if (program === undefined) throw new Error('sshd is not installed: apt-get install openssh-server');
  const home = mkdtempSync(join(tmpdir(), 'dutyline-sshd-'));
  const port = await freePort(address);
  const at = (name: string) => join(home, name);
  makeKey(at('host'));
  makeKey(at('client'));
  mkdirSync(at('keys'));
  const letIn = (isLetIn: boolean) => {
    writeFileSync(at('keys/authorized'), isLetIn ? readFileSync(at('client.pub')) : '');
    handOver(at('keys'));
  };
  letIn(true);
  writeFileSync(
    at('sshd_config'),
    `Port ${port}
ListenAddress ${address}
HostKey ${at('host')}
PidFile none
AuthorizedKeysFile ${at('keys/authorized')}
StrictModes no
UsePAM yes
PasswordAuthentication no
KbdInteractiveAuthentication no
Subsystem sftp internal-sftp
ForceCommand internal-sftp -R
LogLevel VERBOSE
`,
  );
  handOver(home);

  let server: ChildProcess | null = null;
  let said = '';

  async function start(): Promise<void> {
    const child = spawn(program ?? '', ['-D', '-e', '-f', at('sshd_config')], {
      ...serverUser(),
      cwd: home,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server = child;
    await new Promise<void>((resolve, reject) => {
      const from = said.length;
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        if (said.slice(from).includes('Server listening')) resolve();
      });
      child.once('exit', () => reject(new Error(`sshd did not start: ${said}`)));
    });
  }

  async function stop(): Promise<void> {
    const child = server;
    server = null;
    if (child?.pid === undefined || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    // A connection is a child in a session of its own: it ends too, as it does when the machine dies.
    const connections = childrenOf(child.pid).flatMap((pid) => [pid, ...childrenOf(pid)]);
    for (const pid of [child.pid, ...connections]) end(pid);
    await gone;
  }

  await start();
  return {
    host: address,
    port,
    user: 'uid' in serverUser() ? 'nobody' : userInfo().username,
    key: readFileSync(at('client'), 'utf8'),
    get hostKey() {
      return fingerprintOf(at('host.pub'));
    },
    log: () => said,
    letIn,
    async reinstall() {
      await stop();
      rmSync(at('host'));
      makeKey(at('host'));
      handOver(at('host'));
      await start();
    },
    stop,
    start,
    async dispose() {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A key that no account knows. */
export function strangersKey(passphrase = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-key-'));
  try {
    makeKey(join(folder, 'key'), passphrase);
    return readFileSync(join(folder, 'key'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function childrenOf(pid: number): readonly number[] {
  const list = `/proc/${pid}/task/${pid}/children`;
  return existsSync(list) ? readFileSync(list, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended with the one before it.
  }
}

function makeKey(path: string, passphrase = ''): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'dutyline-test', '-f', path], {
    stdio: 'ignore',
  });
}

function fingerprintOf(path: string): string {
  const line = execFileSync('ssh-keygen', ['-lf', path], { encoding: 'utf8' });
  return line.split(' ')[1] ?? '';
}
