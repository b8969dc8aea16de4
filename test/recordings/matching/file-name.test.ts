import { describe, expect, it } from 'vitest';
import { isSoundName, readSoundName } from '../../../src/recordings/matching/file-name.ts';

const WALL = Date.UTC(2026, 10, 23, 17, 45, 27);

describe('the name of a sound file', () => {
  it.each([
    ['external-1001-09548887777-20261123-174527-1795455927.9.wav', '1795455927.9', 'inbound'],
    ['2026/11/23/out-813900001111-1001-20261123-174527-1795455927.10.WAV', '1795455927.10', 'outbound'],
    ['q-500-0954-888-7777-20261123-174527-1795455927.9.wav', '1795455927.9', null],
    ['ARG1-ARG2-ARG3-20261123-174527-1795455927.9.gsm', '1795455927.9', null],
    ['20261123-174527-1795455927.9.wav', '1795455927.9', null],
    ['external-1001-x-20261123-174527-pbx1-1795455927.9.wav', 'pbx1-1795455927.9', 'inbound'],
    // A caller who writes a date and a Uniqueid into his number: what Asterisk wrote stands to the right of it.
    [
      'external-1001-20200101-000000-1577836800.1-20261123-174527-1795455927.9.wav',
      '1795455927.9',
      'inbound',
    ],
    ['34-20261123-174527-1795455927.9.wav', '1795455927.9', null],
    ["external-1001-'; rm -rf-20261123-174527-1795455927.9.wav", '1795455927.9', 'inbound'],
  ])('of FreePBX is read from the right: %s', (path, uniqueid, direction) => {
    expect(readSoundName(path)).toMatchObject({ shape: 'freepbx', uniqueid, direction, wall: WALL });
  });

  it.each([
    ['mikopbx-1795455927.9.wav', 'uniqueid', 'mikopbx-1795455927.9'],
    ['2026/11/23/17/mikopbx-1795455927.9_q9Qkvz.webm', 'uniqueid', 'mikopbx-1795455927.9'],
    ['1795455927.9.wav', 'uniqueid', '1795455927.9'],
    ['dutyline/pbx1-1795455927.9.wav', 'uniqueid', 'pbx1-1795455927.9'],
    ['1795455927.9-1795455930123.wav', 'ami', '1795455927.9'],
    ['1795455927.9-1795455930123-before.wav', 'ami', '1795455927.9'],
    ['1795455927.9-1795455930123-caller.wav', 'ami-side', '1795455927.9'],
    ['dutyline/1795455927.9-caller.wav', 'snippet', '1795455927.9'],
    ['dutyline/1795455927.9-desk.wav', 'snippet', '1795455927.9'],
    ['dutyline/1795455927.9-before.wav', 'snippet', '1795455927.9'],
    ['dutyline/pbx1-1795455927.9-before.wav', 'snippet', 'pbx1-1795455927.9'],
  ])('that is a Uniqueid is compared whole: %s', (path, shape, uniqueid) => {
    expect(readSoundName(path)).toMatchObject({ shape, uniqueid });
  });

  it.each([
    ['talk.wav', []],
    ['1001-1795455927.9-in.wav', ['1795455927.9']],
    ['in_1795455927.9_out.wav', ['1795455927.9']],
    // Behind a word it may be another system's: never offered alone.
    ['rec-1795455927.9-a.wav', ['rec-1795455927.9']],
    ['pbx-1-1795455927.9-a.wav', ['pbx-1-1795455927.9']],
    // Longer numbers and versions hold no Uniqueid.
    ['91795455927123.9-a.wav', []],
    ['1795455927.9.3-a.wav', []],
    ['20261323-174527-1795455927.9.wav', ['1795455927.9']],
    ['external-1001-x-20261123-256161-1795455927.9.wav', ['x-20261123-256161-1795455927.9']],
  ])('of no known shape mentions Uniqueids at most: %s', (path, mentioned) => {
    const name = readSoundName(path);
    expect(name.mentioned).toEqual(expect.arrayContaining([...mentioned]));
    if (mentioned.length === 0) expect(name.mentioned).toEqual([]);
  });

  it('holds numbers, also when they are written with dashes', () => {
    const name = readSoundName('q-500-0954-888-7777-20261123-174527-1795455927.9.wav');
    expect(name.numbers).toContain('09548887777');
    expect(readSoundName('external-1001-anonymous-20261123-174527-1795455927.9.wav').numbers).toEqual([
      '1001',
    ]);
  });

  it('is read in no time, whatever a caller writes into it', () => {
    for (const hostile of [
      '-'.repeat(250),
      '1-'.repeat(120),
      '20261123-'.repeat(27),
      '1795455927.9-'.repeat(19),
    ]) {
      const begun = process.cpuUsage().user;
      for (let times = 0; times < 200; times += 1) readSoundName(`${hostile}.wav`);
      expect(process.cpuUsage().user - begun).toBeLessThan(1_000_000);
    }
  });

  it.each(['a.wav', 'a.WAV', 'a.gsm', 'a.mp3', 'a.ulaw', 'a.wav48', 'a.webm'])(
    'ends like sound: %s',
    (name) => {
      expect(isSoundName(name)).toBe(true);
    },
  );

  it.each(['a', 'a.txt', 'a.wav.part', 'wav', 'a.Wav', '.wav.gz', 'a.php'])(
    'does not end like sound: %s',
    (name) => {
      expect(isSoundName(name)).toBe(false);
    },
  );
});
