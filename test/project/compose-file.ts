/** `docker-compose.yml` as compose reads it: anchors merged, variables put in, services of one profile. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface ContainerService {
  readonly image: string;
  readonly profiles: readonly string[];
  readonly command?: readonly string[] | null;
  readonly restart: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly stop_grace_period: string;
}

export interface Composed<Service = ContainerService> {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** As our file writes them; compose tells mounts and networks back in a longer form. */
export interface WrittenService extends ContainerService {
  readonly volumes: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
}

type Variables = Readonly<Record<string, string>>;

export const root = join(import.meta.dirname, '../..');
export const composeText = readFileSync(join(root, 'docker-compose.yml'), 'utf8');

/** Our own reading of the file. Throws on a way of naming a variable that the file does not use. */
export function readCompose(profile: string, env: Variables): Composed<WrittenService> {
  const whole = parse(composeText, { merge: true }) as Composed<WrittenService>;
  const { services, volumes } = filledIn(whole, env) as Composed<WrittenService>;
  const active = Object.entries(services).filter(([, { profiles }]) => profiles.includes(profile));
  return { services: Object.fromEntries(active), volumes };
}

function filledIn(value: unknown, env: Variables): unknown {
  if (typeof value === 'string')
    return value.replace(/\$(\{[^}]*\}|.?)/g, (_, written) => filledVariable(written, env));
  if (Array.isArray(value)) return value.map((item) => filledIn(item, env));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledIn(item, env)]));
}

function filledVariable(written: string, env: Variables): string {
  const [, name, otherwise] = /^\{([A-Z_]+):-([^}]*)\}$/.exec(written) ?? [];
  if (name === undefined || otherwise === undefined) throw new Error(`$${written} in docker-compose.yml`);
  return env[name] || otherwise;
}

/** The docker client's compose with its version; null when this machine has none. */
export function composeVersion(): string | null {
  try {
    const version = execFileSync('docker', ['compose', 'version', '--short'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return `docker compose ${version.trim()}`;
  } catch {
    return null;
  }
}

/** What `docker compose config` makes of the file, with no other variables than these. It needs no engine. */
export function composeConfig(profile: string, env: Variables): Composed {
  const { PATH = '', HOME = '' } = process.env;
  // No .env of the person who runs the tests.
  const args = ['compose', '--env-file', '/dev/null', '--profile', profile, 'config', '--format', 'json'];
  const told = execFileSync('docker', args, {
    cwd: root,
    env: { PATH, HOME, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(told) as Composed;
}
