import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import {
  type Composed,
  composeConfig,
  composeText,
  composeVersion,
  readCompose,
  root,
} from './compose-file.ts';

const PROFILES = { small: ['dutyline'], grown: ['dutyline-grown', 'postgres', 'redis'] } as const;
const SECRETS = {
  DUTYLINE_LISTEN_SECRET: 'one',
  DUTYLINE_CONTROL_SECRET: 'two',
  DUTYLINE_RECORDER_SECRET: 'three',
  DUTYLINE_HISTORY_SECRET: 'four',
  DUTYLINE_DATABASE_PASSWORD: 'five',
};
const guide = readFileSync(join(root, 'docs/guides/containers.md'), 'utf8');
const profiles = Object.keys(PROFILES) as (keyof typeof PROFILES)[];
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const WELL = 'service_healthy';
const NEEDS = { small: {}, grown: { postgres: WELL, redis: WELL } } as const;
const LASTING = { small: ['sound', 'state'], grown: ['postgres', 'redis', 'sound', 'state'] } as const;
const client = composeVersion();

/** What matters of a service in the words of compose, which writes some of them back in another form. */
function outlineOf({ services }: Composed) {
  return Object.entries(services)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { healthcheck, restart, depends_on = {}, ...service }]) => ({
      name,
      check: healthcheck.test,
      restart,
      needs: Object.fromEntries(
        Object.entries(depends_on).map(([other, { condition }]) => [other, condition]),
      ),
      command: service.command ?? null,
      environment: service.environment ?? {},
      image: service.image,
    }));
}

describe.each(profiles)('docker-compose.yml, profile %s', (profile) => {
  const [office] = PROFILES[profile];

  it('has its services, each with a health check, a restart and time to end', () => {
    const composed = readCompose(profile, SECRETS);
    expect(outlineOf(composed).map(({ name }) => name)).toEqual(PROFILES[profile]);
    for (const { name, check, restart, needs } of outlineOf(composed)) {
      expect(check[0], name).toBe('CMD');
      expect(restart, name).toBe('unless-stopped');
      expect(needs, name).toEqual(name === office ? NEEDS[profile] : {});
      expect(composed.services[name]?.stop_grace_period, name).toMatch(/^\d+s$/);
    }
    expect(Object.keys(composed.volumes)).toEqual(expect.arrayContaining([...LASTING[profile]]));
  });

  // Our own reading is compared with itself where no client is: the name of the test says that it is so.
  it(`is read alike by ${client ?? 'nobody else: no docker client with compose is on this machine'}`, () => {
    const own = readCompose(profile, SECRETS);
    const other = client === null ? readCompose(profile, SECRETS) : composeConfig(profile, SECRETS);
    expect(outlineOf(other)).toEqual(outlineOf(own));
    expect(Object.keys(other.volumes)).toEqual(expect.arrayContaining([...LASTING[profile]]));
    // Without any variable too: none is demanded of a profile that does not use it.
    const bare = client === null ? readCompose(profile, {}) : composeConfig(profile, {});
    expect(Object.keys(bare.services).sort()).toEqual(PROFILES[profile]);
  });

  it('keeps what must last in named volumes, sees what is not ours read-only, and opens one port', () => {
    const { services, volumes } = readCompose(profile, {});
    for (const [name, service] of Object.entries(services)) {
      const mounts = service.volumes.map((mount) => mount.split(':'));
      expect(mounts.length, name).toBeGreaterThan(0);
      for (const [source = '', target, mode] of mounts) {
        expect(target, name).toMatch(/^\//);
        if (source.startsWith('.')) expect(mode, `${name} ${source}`).toBe('ro');
        else expect(volumes, name).toHaveProperty(source);
      }
      expect(service.ports ?? [], name).toEqual(name === office ? ['8080:8080'] : []);
      if (name !== office) expect(service.networks, name).toEqual(['inside']);
    }
  });

  it('pins every image to one version of the default registry', () => {
    for (const { image } of Object.values(readCompose(profile, {}).services)) {
      expect(image).toMatch(/^(dutyline:local|[a-z]+:\d+\.\d+(\.\d+)?(-[a-z-]+)?)$/);
    }
  });

  it('passes no variable that the configuration does not read', () => {
    const passed = readCompose(profile, SECRETS).services[office]?.environment ?? {};
    expect(passed).toMatchObject({ PORT: '8080', DUTYLINE_LISTEN_SECRET: 'one' });
    expect(variablesAsked(passed)).toEqual(expect.arrayContaining(Object.keys(passed)));
    // And one that it does not read is found.
    expect(variablesAsked({ ...passed, DUTYLINE_LISTN_SECRET: 'x' })).not.toContain('DUTYLINE_LISTN_SECRET');
  });
});

it('puts small on SQLite, and grown on the very database and Redis that stand beside it', () => {
  const { dutyline } = readCompose('small', SECRETS).services;
  expect(Object.keys(dutyline?.environment ?? {})).not.toContain('DUTYLINE_DATABASE_URL');
  const { postgres, 'dutyline-grown': grown } = readCompose('grown', SECRETS).services;
  const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = postgres?.environment ?? {};
  expect(POSTGRES_PASSWORD).toBe('five');
  expect(grown?.environment).toMatchObject({
    DUTYLINE_DATABASE_URL: `postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@postgres:5432/${POSTGRES_DB}`,
    REDIS_URL: 'redis://redis:6379',
  });
});

it('keeps no secret in the file, and the guide explains every variable', () => {
  const variables = [...composeText.matchAll(/\$\{([A-Z_]+):-([^}]*)\}/g)];
  expect(variables.length).toBeGreaterThan(5);
  for (const [, name = '', otherwise] of variables) {
    if (/SECRET|PASSWORD/.test(name)) expect(otherwise, name).toBe('');
    expect(guide).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|.*\\|`, 'm'));
  }
});

describe('Dockerfile', () => {
  const text = read('Dockerfile');
  it('is pinned, brings what the containers run, and ends in the command that compose names', () => {
    expect(text).toMatch(/^FROM node:\d+\.\d+\.\d+-/m);
    expect(text).toContain('node scripts/prepare.mjs start');
    expect(text).toContain('EXPOSE 8080');
    const command = JSON.parse(/^CMD (.*)$/m.exec(text)?.[1] ?? '') as unknown;
    for (const profile of profiles) {
      const { services } = readCompose(profile, {});
      expect(services[PROFILES[profile][0]]?.command).toEqual(command);
    }
  });

  it('makes the folders of the volumes as the user that runs', () => {
    expect(text).toMatch(/mkdir -p var recordings && chown -R node:node var recordings[\s\S]*^USER node$/m);
  });

  it('takes up neither passwords nor what a machine made', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const name of ['.env', 'docker-compose.override.yml', '.git', 'node_modules', 'build', 'var']) {
      expect(ignored).toContain(name);
    }
    expect(read('.gitignore').split('\n')).toEqual(expect.arrayContaining(['.env']));
  });
});

/** The variables that are asked for when the guide's own configuration is loaded; it must load. */
function variablesAsked(env: Readonly<Record<string, string>>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-compose-'));
  const [, yaml = ''] = /```yaml\n(http:[\s\S]*?)```/.exec(guide) ?? [];
  writeFileSync(join(folder, 'dutyline.yaml'), yaml);
  const asked = new Set<string>();
  const watched = new Proxy(env, {
    get: (target, name) => {
      asked.add(String(name));
      return Reflect.get(target, name) as unknown;
    },
  });
  try {
    const loaded = loadConfig({ dir: folder, env: watched });
    expect(loaded).toMatchObject({ ok: true });
    return [...asked];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
