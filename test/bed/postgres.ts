import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handOver, serverUser } from './unprivileged.ts';

export interface PostgresServer {
  /** A database of its own: empty, or a copy of another that nobody is connected to. */
  createDatabase(name: string, template?: string): string;
  /** Ends it and starts it again on the same data; connections break. `immediate` is what a power cut is to the server. */
  restart(how: 'fast' | 'immediate'): Promise<void>;
  /** For good. */
  stop(how?: 'fast' | 'immediate'): Promise<void>;
}

interface PostgresSettings {
  /** How its files are made. */
  readonly initdb?: readonly string[];
  readonly port?: number;
  readonly fsync?: boolean;
}

const DEBIAN = '/usr/lib/postgresql';

/**
 * Starts a real PostgreSQL in a folder of its own, reached through a socket in that folder (no port to collide on), as an
 * unprivileged user: initdb refuses root. With `port` it answers on 127.0.0.1 too. Throws one clear line when PostgreSQL is not
 * installed. `fsync` off loses nothing when the server is killed, only when the machine is, and a crash is recovered from in
 * a moment.
 */
export async function startPostgres({
  initdb = ['-E', 'UTF8', '--no-locale'],
  port,
  fsync = true,
}: PostgresSettings = {}): Promise<PostgresServer> {
  const bin = programs();
  const at = String(port ?? 5432);
  const hosts = port === undefined ? '' : '127.0.0.1';
  const home = mkdtempSync(join(tmpdir(), 'dutyline-pg-'));
  handOver(home);
  const data = join(home, 'data');
  const asServer = { ...serverUser(), cwd: home, stdio: ['ignore', 'pipe', 'pipe'] as const };
  const run = (program: string, args: readonly string[]) =>
    execFileSync(join(bin, program), args, { ...asServer, stdio: ['ignore', 'pipe', 'pipe'] });
  run('initdb', ['-D', data, '-U', 'dutyline', '-A', 'trust', ...initdb, '--no-sync']);
  const start = async () => {
    const started = spawn(
      join(bin, 'postgres'),
      [
        ...['-D', data, '-k', home, '-p', at, '-c', `listen_addresses=${hosts}`, '-c', 'max_connections=60'],
        ...['-c', `fsync=${fsync ? 'on' : 'off'}`],
      ],
      { ...asServer, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await ready(started);
    return started;
  };
  let server = await start();
  const end = async (how: 'fast' | 'immediate') => {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await gone;
  };
  return {
    createDatabase(name, template = 'template1') {
      run('createdb', ['-h', home, '-p', at, '-U', 'dutyline', '-T', template, name]);
      return `postgres://dutyline@/${name}?host=${encodeURIComponent(home)}&port=${at}`;
    },
    async restart(how) {
      await end(how);
      server = await start();
    },
    async stop(how = 'fast') {
      await end(how);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The newest installed version's folder, or whatever PATH holds. */
function programs(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const debian = versions.map((version) => join(DEBIAN, version, 'bin'));
  const places = [...debian, ...(process.env.PATH ?? '').split(':')];
  const found = places.find(
    (place) => existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres')),
  );
  if (found === undefined) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  return found;
}

function ready(server: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
}
