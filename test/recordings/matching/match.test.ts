import { describe, expect, it } from 'vitest';
import type { SoundTrail } from '../../../src/calls/sound-trail.ts';
import { readSoundName } from '../../../src/recordings/matching/file-name.ts';
import { type CdrSound, createMatcher } from '../../../src/recordings/matching/match.ts';
import { createWallClock } from '../../../src/recordings/matching/wall-clock.ts';
import { trail } from './trail.ts';

const base = { onPbx: '/var/spool/asterisk/monitor', here: '/mnt/pbx' };
const clock = createWallClock('Asia/Shanghai');
/** 17:45:27 in Shanghai. */
const START = 1_795_427_127_000;

function match(path: string, trails: readonly SoundTrail[], cdr: readonly CdrSound[] = [], mtimeMs = START) {
  const matched = createMatcher({ base, clock, trails, cdr })({
    path,
    bytes: 100_000,
    mtimeMs,
    name: readSoundName(path),
  });
  if (matched.kind === 'one') return `${matched.rule} ${matched.trail.call}`;
  return matched.kind === 'several' ? matched.trails.map(({ call }) => call).join('+') : matched.kind;
}

const DAY = '2026/11/23';

describe('the owner of a file', () => {
  it('is the call in which the PBX named it, by full path, by plain name, and after a conversion', () => {
    const name = `${DAY}/external-1001-1-20261123-174527-1795427127.9.wav`;
    for (const named of [`${base.onPbx}/${name}`, name, name.slice(0, -4), name.replace('.wav', '.webm')]) {
      expect(match(name, [trail('1795427127.0', START, { named: [named] })])).toBe(
        'live-name call-1795427127.0',
      );
    }
  });

  it('is not the call that named a path elsewhere', () => {
    const named = ['/etc/x.wav', '../x.wav', `${base.onPbx}/../x.wav`, `${base.onPbx}-old/x.wav`];
    expect(match('x.wav', [trail('1795427127.0', START, { named })])).toBe('none');
  });

  it('is the call of the CDR row that names it, whichever of its channels the row is of', () => {
    const trails = [trail('1795427127.0', START, { uniqueids: ['1795427127.0', '1795427127.4'] })];
    const rows = (uniqueid: string, linkedid: string, recordingfile: string) => [
      { linkedid: 'other', uniqueid: 'none', recordingfile: '' },
      { linkedid, uniqueid, recordingfile },
    ];
    const path = `${DAY}/konferenz-x.wav`;
    expect(match(path, trails, rows('1795427127.4', 'x', 'konferenz-x.wav'))).toBe('cdr call-1795427127.0');
    expect(match(path, trails, rows('y', '1795427127.0', 'konferenz-x.wav'))).toBe('cdr call-1795427127.0');
    expect(match(path, trails, rows('y', '1795427127.0', '/other/mount/konferenz-x.webm'))).toBe(
      'cdr call-1795427127.0',
    );
    expect(match(path, trails, rows('y', 'z', 'konferenz-x.wav'))).toBe('of-others');
    // The same bare name in the folder of another week is another file.
    expect(match('2026/11/16/konferenz-x.wav', trails, rows('y', '1795427127.0', 'konferenz-x.wav'))).toBe(
      'none',
    );
  });

  it('is the call of the channel in its name, also a channel that came by transfer or joining', () => {
    const uniqueids = ['1795427127.0', '1795427127.3', '1795427140.7'];
    const trails = [trail('1795427127.0', START, { uniqueids })];
    for (const [path, expected] of [
      [`${DAY}/internal-1002-1001-20261123-174540-1795427140.7.wav`, 'name-uniqueid call-1795427127.0'],
      ['1795427127.3.wav', 'name-uniqueid call-1795427127.0'],
      // Wherever it lies: a Uniqueid is of one channel only.
      ['2020/01/01/1795427127.3.wav', 'name-uniqueid call-1795427127.0'],
    ] as const) {
      expect(match(path, trails)).toBe(expected);
    }
  });

  it.each([
    ['1795427127.123.wav', '1795427127.12'],
    ['1795427127.1.wav', '1795427127.12'],
    ['pbx1-1795427127.12.wav', '1795427127.12'],
    ['1795427127.12.wav', 'pbx1-1795427127.12'],
    ['pbx1-1795427127.12.wav', 'pbx2-1795427127.12'],
    ['old-pbx1-1795427127.12.wav', 'pbx1-1795427127.12.3'],
    [`${DAY}/external-1001-1-20261123-174527-pbx1-1795427127.12.wav`, '1795427127.12'],
    [`${DAY}/external-1001-1-20261123-174527-11795427127.12.wav`, '1795427127.12'],
    [`${DAY}/rec-1795427127.12.wav`, '1795427127.12'],
  ])('is nobody when a Uniqueid is only like the call’s: %s for %s', (path, uniqueid) => {
    expect(match(path, [trail(uniqueid, START)])).toBe('none');
  });

  it('is the call of a system name as a whole', () => {
    const trails = [trail('pbx1-1795427127.12', START), trail('1795427127.12', START)];
    expect(match('pbx1-1795427127.12.wav', trails)).toBe('name-uniqueid call-pbx1-1795427127.12');
    expect(match('1795427127.12.wav', trails)).toBe('name-uniqueid call-1795427127.12');
  });

  it.each([
    [`${DAY}/1001-1795427127.0-in.wav`, 'folder-day call-1795427127.0'],
    ['2026/11/22/1001_1795427127.0_in.wav', 'folder-day call-1795427127.0'],
    ['20261124/1001-1795427127.0-in.wav', 'folder-day call-1795427127.0'],
    ['2026/11/21/1001-1795427127.0-in.wav', 'none'],
    ['2026/11/25/1001-1795427127.0-in.wav', 'none'],
    ['2026/02/30/1001-1795427127.0-in.wav', 'folder-day call-1795427127.0'],
    // No dated folder: the day of the file itself.
    ['calls/1001-1795427127.0-in.wav', 'folder-day call-1795427127.0'],
  ])('by a Uniqueid elsewhere in the name only beside the day of the call: %s', (path, expected) => {
    expect(match(path, [trail('1795427127.0', START)])).toBe(expected);
  });

  it('is found across midnight, in the folder of the day the call began', () => {
    // 23:59:50 in Shanghai, ended at 00:10.
    const start = 1_795_449_590_000;
    const trails = [trail('1795449590.0', start, { endedAt: start + 620_000 })];
    expect(match('2026/11/23/external-1-2-20261123-235950-1795449590.0.wav', trails)).toMatch(
      /^name-uniqueid/,
    );
    expect(match('2026/11/23/7-1795449590.0-x.wav', trails)).toMatch(/^folder-day/);
    expect(match('2026/11/24/7-1795449590.0-x.wav', trails)).toMatch(/^folder-day/);
  });

  it('is nobody when two calls claim it, whatever the rules', () => {
    const one = trail('1795427127.0', START);
    const other = trail('1795427130.1', START);
    // A caller wrote the other call's Uniqueid into his number; his own stands where the dialplan put it.
    expect(match(`${DAY}/1795427130.1-1-20261123-174527-1795427127.0.wav`, [one, other])).toBe(
      'call-1795427127.0+call-1795427130.1',
    );
    const named = [`${DAY}/x-1795427130.1.wav`];
    expect(match('1795427130.1.wav', [{ ...one, named: ['1795427130.1.wav'] }, other])).toBe(
      'call-1795427127.0+call-1795427130.1',
    );
    expect(
      match(`${DAY}/x-1795427130.1.wav`, [
        { ...one, named },
        { ...other, named },
      ]),
    ).toBe('call-1795427127.0+call-1795427130.1');
  });

  it('is the one of two calls with the same Linkedid whose time its name says', () => {
    const first = trail('1795427127.0', START, { call: 'first' });
    const second = trail('1795427127.0', START + 3_600_000, { call: 'second', generation: 2 });
    expect(match(`${DAY}/external-1-2-20261123-174527-1795427127.0.wav`, [first, second])).toBe(
      'name-uniqueid first',
    );
    expect(match(`${DAY}/external-1-2-20261123-184530-1795427127.0.wav`, [first, second])).toBe(
      'name-uniqueid second',
    );
    expect(match(`${DAY}/external-1-2-20261123-120000-1795427127.0.wav`, [first, second])).toBe(
      'first+second',
    );
  });
});

describe('the clock on the wall', () => {
  it('shows one hour twice in autumn and skips one in spring', () => {
    const berlin = createWallClock('Europe/Berlin');
    expect(berlin.momentsOf(Date.UTC(2026, 9, 25, 2, 30))).toEqual([
      Date.UTC(2026, 9, 25, 0, 30),
      Date.UTC(2026, 9, 25, 1, 30),
    ]);
    expect(berlin.momentsOf(Date.UTC(2026, 2, 29, 2, 30))).toHaveLength(1);
    expect(berlin.momentsOf(Date.UTC(2026, 6, 1, 12))).toEqual([Date.UTC(2026, 6, 1, 10)]);
    expect(clock.momentsOf(Date.UTC(2026, 10, 24, 0, 0, 1))).toEqual([Date.UTC(2026, 10, 23, 16, 0, 1)]);
    expect(clock.dayOf(Date.UTC(2026, 10, 23, 15, 59, 59)) + 1).toBe(clock.dayOf(Date.UTC(2026, 10, 23, 16)));
  });

  it('refuses a zone there is not', () => {
    expect(() => createWallClock('Asia/Nowhere')).toThrow(RangeError);
  });
});
