import { describe, expect, it } from 'vitest';
import { compileRecorderPattern } from '../../../src/recordings/matching/recorder-pattern.ts';

function read(pattern: string, path: string) {
  const compiled = compileRecorderPattern(pattern);
  if (!compiled.ok) throw new Error(compiled.problem.en);
  return compiled.pattern.read(path);
}

const WALL = Date.UTC(2026, 10, 23, 17, 45, 27);

describe('the pattern of a stand-alone recorder', () => {
  it.each([
    ['{date:YYYYMMDD}-{time:HHmmss}-{direction:A|B}-{number}', '20261123-174527-A-09548887777.wav'],
    ['{date:YYYYMMDD}-{time:HHmmss}-{direction:A|B}-{number}', 'D/TxRec/20261123-174527-A-09548887777.WAV'],
    [
      '{date:YYYY-MM-DD}/{time:HH.mm.ss}_{direction:in|out}_{number}_{any}',
      '2026-11-23/17.45.27_in_09548887777_3.wav',
    ],
    ['CH{any}-{number}-{date:YYMMDD}{time:HHmmss}{direction:A|B}', 'CH01-09548887777-261123174527A.mp3'],
    ['{any}-{number}-{direction:A|B}{date:YYYYMMDD}{time:HHmmss}', 'x-1-2-09548887777-A20261123174527.wav'],
    ['（{number}）{direction:来|去}{date:YYYYMMDD}{time:HHmmss}', '（09548887777）来20261123174527.wav'],
  ])('reads %s', (pattern, path) => {
    expect(read(pattern, path)).toMatchObject({
      shape: 'recorder',
      wall: WALL,
      direction: 'inbound',
      numbers: ['09548887777'],
      uniqueid: null,
    });
  });

  it('reads a Uniqueid', () => {
    expect(read('{uniqueid}_{any}', 'pbx1-1795455927.9_left.wav')).toMatchObject({
      uniqueid: 'pbx1-1795455927.9',
    });
  });

  it.each([
    '20261123-174527-C-09548887777.wav',
    '20261123-174527-A-.wav',
    '20261323-174527-A-1.wav',
    '20260230-174527-A-1.wav',
    '20261123-244527-A-1.wav',
    '20261123-174527-A-1-.wav',
    'x20261123-174527-A-1.wav',
    '',
  ])('does not read what is named otherwise: %j', (path) => {
    expect(read('{date:YYYYMMDD}-{time:HHmmss}-{direction:A|B}-{number}', path)).toBeNull();
  });

  it.each([
    ['', '1 to 200'],
    ['{date:YYYYMMDD}{time:HHmmss}{nummer}', '{nummer} is no field'],
    ['{date:YYYYMMDD}{time:HHmmss}-{number', 'no partner'],
    ['{date:YYYYMMDD}{time:HHMMSS}', '"MMSS" in {time:HHMMSS}'],
    ['{date}{time:HHmmss}', '{date} needs a format'],
    ['{date:YYYYMMDD}{time:HHmmss}{direction:A}', 'two different words'],
    ['{date:YYYYMMDD}{time:HHmmss}{direction:A|A}', 'two different words'],
    ['{date:YYYYMMDD}-{time:HHmm}', 'down to the second'],
    ['{date:YYYYMMDD}{time:HHmmss}{number}{any}', 'side by side'],
    ['{date:YYYYMMDDYYYY}{time:HHmmss}', 'The year is written twice'],
    [`{date:YYYYMMDD}{time:HHmmss}${'-{any}'.repeat(7)}`, 'At most 6'],
    ['x'.repeat(201), '1 to 200'],
  ])('is refused with a sentence: %j', (pattern, sentence) => {
    const compiled = compileRecorderPattern(pattern);
    expect(compiled.ok || compiled.problem.en).toContain(sentence);
    expect(compiled.ok || compiled.problem.zh.length).toBeGreaterThan(5);
  });

  it('reads a hostile name in no time', () => {
    const begun = process.cpuUsage().user;
    const pattern = `{date:YYYYMMDD}{time:HHmmss}${'-{any}'.repeat(6)}!`;
    for (let times = 0; times < 100; times += 1) {
      expect(read(pattern, `20261123174527${'-'.repeat(240)}.wav`)).toBeNull();
    }
    expect(process.cpuUsage().user - begun).toBeLessThan(3_000_000);
  });
});
