import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readWavHeader } from '../../src/recordings/wav-header.ts';
import { FAR_END } from '../bed/far-ends.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { amiSecrets, serviceConfig } from '../bed/service-config.ts';
import { dutyline } from './run-dutyline.ts';

const LINE = {
  ...{ id: 'l-1', room: 'r-1', pbx: 'main', number: '0954-2035678', dids: ['09542035678'] },
  ...{ trunks: ['PJSIP/telco'], phones: ['PJSIP/1001'], recording: 'none' },
};
const OFFICE_FILE = {
  units: [{ id: 'u-1', name: '办公室' }],
  rooms: [{ id: 'r-1', unit: 'u-1', name: '值班室', formTitle: '电话记录单' }],
  lines: [LINE],
};

describe('dutyline probe', () => {
  let office: Office;
  let folder: string;

  beforeAll(async () => {
    office = await startOffice({ carrier: true });
    folder = mkdtempSync(join(tmpdir(), 'dutyline-cli-probe-'));
    const probe = { trunks: [{ trunk: 'PJSIP/out1', shows: ['0954-2039001'] }], ring: '5' };
    const config = serviceConfig({ office, sections: { watch: { probe } } }, 8_080, folder);
    writeFileSync(join(folder, 'dutyline.yaml'), stringify(config));
    writeFileSync(join(folder, 'office.yaml'), stringify(OFFICE_FILE));
    writeFileSync(join(folder, 'there.wav'), 'kept before');
  });
  afterAll(async () => {
    await office.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...args: readonly string[]) =>
    dutyline(['probe', ...args, '--config', folder], { env: { ...amiSecrets() } });

  it('calls the number, says the steps as they come, and prints what was heard', async () => {
    const keep = join(folder, 'heard.wav');
    const ran = await run(FAR_END.ringsThenSounds, '--via', 'PJSIP/out1', '--keep', keep);
    expect([ran.code, ran.remarks.split('\n').filter(Boolean)]).toEqual([
      0,
      ['dialled', 'rings (180)', 'sounds (183)'],
    ]);
    expect(JSON.parse(ran.output)).toMatchObject({
      ...{ number: FAR_END.ringsThenSounds, via: 'PJSIP/out1', ending: 'timed-out' },
      steps: [{ step: 'dialled', state: 'good' }, { step: 'rang', state: 'good' }, { step: 'heard' }],
    });
    const kept = readFileSync(keep);
    const wav = readWavHeader(kept, kept.length);
    expect(wav.kind === 'sound' && wav.seconds).toBeGreaterThan(1);
  });

  it('takes the name of a trunk alone, and says busy', async () => {
    const ran = await run(FAR_END.busy, '--via', 'out1', '--keep', join(folder, 'nothing.wav'));
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.output)).toMatchObject({ ending: 'busy', cause: 17, soundSeconds: null });
    expect(existsSync(join(folder, 'nothing.wav'))).toBe(false);
  });

  it('calls nobody for a file that is there already', async () => {
    const ran = await run(FAR_END.busy, '--via', 'out1', '--keep', join(folder, 'there.wav'));
    expect([ran.code, ran.output]).toEqual([1, '']);
    expect(ran.remarks).toMatch(/^.*there\.wav is there already; --keep writes a new file\.\n$/);
    expect(readFileSync(join(folder, 'there.wav'), 'utf8')).toBe('kept before');
  });

  it.each([
    [['80001', '--via', 'telco'], 'There is no trunk "telco" in watch.probe; trunks: PJSIP/out1.'],
    [['80001@telco', '--via', 'out1'], '"80001@telco" is no number to call.'],
    [['0954-2035678', '--via', 'out1'], 'is the office\'s own line "l-1"'],
    [['2035678', '--via', 'out1'], 'is the office\'s own line "l-1"'],
  ])('%j is refused', async (args, said) => {
    const ran = await run(...args);
    expect([ran.code, ran.output]).toEqual([1, '']);
    expect(ran.remarks).toContain(said);
  });
});
