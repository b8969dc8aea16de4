import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AsteriskInstance, startAsterisk } from '../bed/asterisk.ts';
import { type Loopback, reserveLoopback } from '../bed/loopback.ts';
import { managerConf } from '../bed/manager-conf.ts';
import { startSshd } from '../bed/sshd.ts';
import { dutyline, type Ran } from './run-dutyline.ts';

const SHIPPED = readFileSync(join(import.meta.dirname, '../../config/asterisk/manager.conf'), 'utf8');
const SECRETS = { LISTEN: 'listen-secret-1', CONTROL: 'control-secret-2', RECORDER: 'recorder-secret-3' };

/** The file we ship, as an office fills it in, with the recorder that stands there commented out. */
function filledIn(): string {
  return SHIPPED.replace(
    /^;(?=\[dutyline-recorder\]|secret = |deny = |permit = |read =|write = |writetimeout = )/gm,
    '',
  )
    .replaceAll('192.0.2.5/255.255.255.255', '127.0.0.0/255.0.0.0')
    .replace('CHANGE-ME-1', SECRETS.LISTEN)
    .replace('CHANGE-ME-2', SECRETS.CONTROL)
    .replace('CHANGE-ME-3', SECRETS.RECORDER);
}

describe.each([22, 16] as const)(
  'dutyline doctor beside Asterisk %i with the manager.conf we ship',
  (major) => {
    let root: string;
    let loopback: Loopback;
    let pbx: AsteriskInstance;

    beforeAll(async () => {
      root = mkdtempSync(join(tmpdir(), 'dutyline-doctor-'));
      loopback = await reserveLoopback();
      const address = loopback.address(1);
      pbx = await startAsterisk({
        major,
        address,
        files: () => ({
          'manager.conf': `${managerConf({ address, timestamps: false, tlsPem: null })}\n${filledIn()}`,
          'extensions.conf': '[general]\n',
        }),
      });
    });
    afterAll(async () => {
      await pbx.dispose();
      await loopback.release();
      rmSync(root, { recursive: true, force: true });
    });

    function doctor(
      change: (text: string) => string = (text) => text,
      env: Record<string, string> = {},
    ): Promise<Ran> {
      const config = join(root, 'config');
      const sound = join(root, 'monitor');
      mkdirSync(config, { recursive: true });
      mkdirSync(sound, { recursive: true });
      const service = `pbxs:
  - id: main
    host: ${pbx.address}
    listen: { username: dutyline-listen, secretEnv: LISTEN }
    control: { username: dutyline-control, secretEnv: CONTROL }
    recorder: { username: dutyline-recorder, secretEnv: RECORDER }
    trunks: [PJSIP/telco]
    recordings: { base: /var/spool/asterisk/monitor, local: ${sound} }
    timeouts: { connect: 3, answer: 3 }
`;
      const office = `units: [{ id: u, name: 单位 }]
rooms: [{ id: r, unit: u, name: 值班室 }]
lines: [{ id: l, room: r, pbx: main, number: 0954-2035678, dids: [09542035678], recording: ami }]
`;
      writeFileSync(join(config, 'dutyline.yaml'), change(service));
      writeFileSync(join(config, 'office.yaml'), office);
      return dutyline(['doctor', '--config', config], { env: { ...SECRETS, ...env } });
    }

    it('finds that nobody can log in yet, and else that all is well', async () => {
      const { output, code } = await doctor();
      expect(output).toContain('there is no account');
      expect(code).toBe(1);
      const added = await dutyline([
        'user',
        'add',
        'wang',
        '--role',
        'officer',
        '--generate',
        '--config',
        join(root, 'config'),
      ]);
      expect(added.remarks).toBe('');
      const again = await doctor();
      expect(again.output.split('\n').filter((line) => /^(BAD|note)/.test(line))).toEqual([]);
      expect(again.output).toContain('listen account dutyline-listen');
      expect(again.output).toMatch(/its clock is \d+ ms (ahead of|behind) ours/);
      expect(again).toMatchObject({ code: 0, remarks: '' });
    });

    it.each([
      ['a wrong password', { LISTEN: 'guess' }, 'AMI refuses account or password'],
      [
        'the wrong account for recording',
        { RECORDER: SECRETS.CONTROL },
        'lacks write class system: no recording by AMI',
      ],
    ])('names %s without showing it', async (name, env, told) => {
      const swap = name.startsWith('the wrong')
        ? (text: string) => text.replace('username: dutyline-recorder', 'username: dutyline-control')
        : undefined;
      const { code, output, remarks } = await doctor(swap, env);
      expect(code).toBe(1);
      expect(output).toContain(told);
      for (const secret of Object.values({ ...SECRETS, ...env }))
        expect(`${output}${remarks}`).not.toContain(secret);
    });

    it('logs in to fetch sound as the service will, and names what keeps it from that', async () => {
      const sshd = await startSshd();
      const { host, port, user, key, hostKey } = sshd;
      const there = mkdtempSync(join(tmpdir(), 'dutyline-there-'));
      chmodSync(there, 0o755);
      const fetching = (pin: string, folder: string) => (text: string) =>
        text.replace(
          `local: ${root}/monitor`,
          `sftp: { host: ${host}, port: ${port}, user: ${user}, keyEnv: PBX_KEY, hostKey: "${pin}", folder: ${folder} }`,
        );
      const env = { PBX_KEY: key };
      const name = `main: sftp ${user}@${host}:${port}`;
      try {
        expect((await doctor(fetching(hostKey, there), env)).output).toContain(`ok    ${name} ${there}`);
        const other = await doctor(fetching(`SHA256:${'A'.repeat(43)}`, there), env);
        expect(other.code).toBe(1);
        expect(other.output).toContain('The host key is not the hostKey configured');
        expect(other.output).toContain(hostKey);
        expect((await doctor(fetching(hostKey, '/no/such'), env)).output).toContain(
          `BAD   ${name} /no/such (there /var/spool/asterisk/monitor): There is no such folder on the PBX`,
        );
      } finally {
        await sshd.dispose();
        rmSync(there, { recursive: true, force: true });
      }
    });

    it('names a PBX that cannot be reached, and a folder that is not there', async () => {
      const { code, output } = await doctor((text) =>
        text
          .replace(`host: ${pbx.address}`, `host: ${loopback.address(9)}`)
          .replace(`local: ${root}/monitor`, 'local: ./no-such'),
      );
      expect(code).toBe(1);
      expect(output).toContain('cannot be reached: check address, port and firewall');
      expect(output).toContain('no-such (there /var/spool/asterisk/monitor) cannot be read (ENOENT)');
    });
  },
);
