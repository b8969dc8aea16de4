import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handOver, serverUser } from './unprivileged.ts';

export interface MariadbServer {
  /** Runs statements as the owner. */
  run(sql: string): void;
  /** Address of a database for an account. */
  url(database: string): string;
  stop(): Promise<void>;
}

/** Starts a real MariaDB in a folder of its own, reached through a socket there, as an unprivileged user. */
export async function startMariadb(): Promise<MariadbServer> {
  const home = mkdtempSync(join(tmpdir(), 'dutyline-my-'));
  handOver(home);
  const [data, socket] = [join(home, 'data'), join(home, 'socket')];
  const asServer = { ...serverUser(), cwd: home };
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { ...asServer, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const server = spawn(
    '/usr/sbin/mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      '--skip-networking',
      `--pid-file=${join(home, 'pid')}`,
    ],
    { ...asServer, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (said.includes('ready for connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`MariaDB did not start: ${said}`)));
  });
  return {
    run(sql) {
      execFileSync('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root'], {
        input: sql,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
    },
    url: (database) => `mysql://root@localhost/${database}?socketPath=${encodeURIComponent(socket)}`,
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
