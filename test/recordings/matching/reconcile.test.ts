import { describe, expect, it } from 'vitest';
import type { SoundTrail } from '../../../src/calls/sound-trail.ts';
import type { KnownSound } from '../../../src/recordings/matching/known-sound.ts';
import {
  type LookedAtFile,
  type ReconcileGiven,
  reconcileSound,
} from '../../../src/recordings/matching/reconcile.ts';
import { compileRecorderPattern } from '../../../src/recordings/matching/recorder-pattern.ts';
import { isSettled } from '../../../src/recordings/matching/settled.ts';
import { createWallClock } from '../../../src/recordings/matching/wall-clock.ts';
import { trail } from './trail.ts';

const START = 1_795_427_127_000;
const NOW = START + 3_600_000;
const base = { onPbx: '/monitor', here: '/mnt' };

/** Written when the call ended, looked at once, now. */
function file(path: string, bytes = 400_000, mtimeMs = START + 30_000): LookedAtFile {
  return { path, bytes, mtimeMs, samples: [{ bytes, mtimeMs, at: NOW }] };
}

function known(pbxPath: string, more: Partial<KnownSound> = {}): KnownSound {
  return { recording: 'r1', call: 'call-1795427127.0', pbxPath, state: 'attached', part: 'talk', ...more };
}

function reconcile(
  trails: readonly SoundTrail[],
  files: readonly LookedAtFile[],
  more: Partial<ReconcileGiven> = {},
) {
  return reconcileSound({
    base,
    clock: createWallClock('Asia/Shanghai'),
    areaCode: '0954',
    trails,
    known: [],
    cdr: [],
    files,
    from: START - 86_400_000,
    to: START + 86_400_000,
    now: NOW,
    ...more,
  });
}

const TALK = '2026/11/23/external-1001-09548887777-20261123-174527-1795427127.0.wav';

describe('files and calls of one PBX', () => {
  it('come together, several files to one call', () => {
    const call = trail('1795427127.0', START, { uniqueids: ['1795427127.0', '1795427140.7'] });
    const found = reconcile(
      [call],
      [file(TALK), file('2026/11/23/internal-2-1-20261123-174540-1795427140.7.wav')],
    );
    expect(found.attachments.map(({ uniqueid, rule, mode }) => [uniqueid, rule, mode])).toEqual([
      ['1795427127.0', 'name-uniqueid', 'pbx'],
      ['1795427140.7', 'name-uniqueid', 'pbx'],
    ]);
    expect(found.missing).toEqual([]);
    expect(found.counts).toMatchObject({ attached: 2, stray: 0 });
  });

  it('take the sides our snippet writes for no files of their own, and what was heard before the answer for that', () => {
    for (const uniqueid of ['1795427127.0', 'pbx1-1795427127.0']) {
      const names = ['', '-caller', '-desk', '-before'].map((part) => `dutyline/${uniqueid}${part}.wav`);
      const call = trail(uniqueid, START, { mode: 'snippet' });
      const found = reconcile(
        [call],
        names.map((name) => file(name)),
      );
      expect(
        found.attachments.map(({ file: { path }, part, mode, rule }) => [path, part, mode, rule]),
      ).toEqual([
        [names[0], 'talk', 'snippet', 'name-uniqueid'],
        [names[3], 'before-answer', 'snippet', 'name-uniqueid'],
      ]);
      expect(found.counts).toMatchObject({ attached: 2, twin: 2 });
      // After every call: the recorder took the talk by the name it heard.
      const heard = reconcile(
        [call],
        names.map((name) => file(name)),
        {
          known: [
            known(`/monitor/${names[0]}`, { call: call.call }),
            known(`/monitor/${names[3]}`, { call: call.call, part: 'before-answer' }),
          ],
        },
      );
      expect(heard.attachments).toEqual([]);
      expect(heard.counts).toMatchObject({ attached: 0, stray: 0 });
    }
  });

  it('of a dialplan that is not ours are talks, whatever word stands behind the Uniqueid', () => {
    const call = trail('1795427127.0', START);
    const found = reconcile([call], [file('1795427127.0-before.wav'), file('1795427127.0-caller.wav')]);
    expect(found.attachments.map(({ part, mode }) => [part, mode])).toEqual([
      ['talk', 'pbx'],
      ['talk', 'pbx'],
    ]);
  });

  it('are left alone when the store knows the file, by whatever ending', () => {
    const call = trail('1795427127.0', START);
    for (const path of [`/monitor/${TALK}`, TALK, `/monitor/${TALK.replace('.wav', '.webm')}`]) {
      expect(reconcile([call], [file(TALK)], { known: [known(path)] }).counts.known).toBe(1);
    }
  });

  it('takes a file that was given up for missing under its own id, and one that had no sound when it has some', () => {
    const call = trail('1795427127.0', START);
    for (const state of ['missing', 'no-sound']) {
      const found = reconcile([call], [file(TALK)], { known: [known(`/monitor/${TALK}`, { state })] });
      expect(found.attachments).toMatchObject([{ recording: 'r1' }]);
    }
    const empty = reconcile([call], [file(TALK, 44)], {
      known: [known(`/monitor/${TALK}`, { state: 'no-sound' })],
    });
    expect(empty.counts.known).toBe(1);
    expect(empty.missing).toMatchObject([{ why: 'empty' }]);
  });

  it('takes 44 bytes for no sound, whosever they are', () => {
    const found = reconcile(
      [trail('1795427127.0', START)],
      [file(TALK, 44), file('1795427999.0.wav', 44), file('1795427999.1.WAV', 60)],
    );
    expect(found.counts).toMatchObject({ empty: 3, stray: 0, attached: 0 });
    expect(found.missing).toMatchObject([{ why: 'empty' }]);
  });

  it('takes one of several formats of the same sound, never the empty one', () => {
    const call = trail('1795427127.0', START);
    const mp3 = TALK.replace('.wav', '.mp3');
    expect(reconcile([call], [file(mp3), file(TALK)]).attachments).toMatchObject([{ file: { path: TALK } }]);
    expect(reconcile([call], [file(TALK, 44), file(mp3)]).attachments).toMatchObject([
      { file: { path: mp3 } },
    ]);
  });

  it('waits while the call lives, while the file grows, and so long after the end', () => {
    const living = trail('1795427127.0', START, { endedAt: null });
    expect(reconcile([living], [file(TALK)]).counts.waiting).toBe(1);
    const ended = trail('1795427127.0', START, { endedAt: NOW - 4_000 });
    const still = (ats: readonly number[], sizes: readonly number[]) => ({
      ...file(TALK),
      mtimeMs: NOW - 6_000,
      samples: ats.map((at, index) => ({ at, bytes: sizes[index] ?? 0, mtimeMs: NOW - 6_000 })),
    });
    const found = reconcile([ended], [still([NOW - 5_500, NOW], [400_000, 400_000])]);
    expect(found.counts.waiting).toBe(1);
    expect(found.growing).toEqual(new Set([ended.call]));
    expect(reconcile([ended], [still([NOW - 5_500, NOW + 1_500], [400_000, 400_000])]).counts.attached).toBe(
      1,
    );
    expect(reconcile([ended], [still([NOW - 5_500, NOW + 1_500], [300_000, 400_000])]).counts.waiting).toBe(
      1,
    );
    // The last transfer counts, not the end alone: an append may begin then.
    const transferred = { ...ended, endedAt: NOW - 60_000, lastTransferAt: NOW - 1_000 };
    expect(reconcile([transferred], [still([NOW - 5_500, NOW], [400_000, 400_000])]).counts.waiting).toBe(1);
    // Nobody's file may grow too.
    expect(reconcile([], [still([NOW], [400_000])]).counts).toMatchObject({ waiting: 1, stray: 0 });
  });

  it('lists calls that should have sound, and why they have none', () => {
    const state = (linkedid: string, ...states: string[]) =>
      states.map((each) =>
        known(`/monitor/${linkedid}-${each}.wav`, { call: `call-${linkedid}`, state: each }),
      );
    const trails = [
      trail('1.0', START),
      trail('2.0', START),
      trail('3.0', START),
      trail('4.0', START),
      trail('5.0', START),
      trail('6.0', START, { talkSeconds: 0 }),
      trail('7.0', START, { mode: 'none' }),
      trail('8.0', START, { mode: null, line: null }),
      trail('9.0', NOW - 60_000),
      trail('10.0', START, { mode: 'ami' }),
      trail('11.0', START, { endedAt: null }),
    ];
    const all = [
      ...state('2.0', 'attached', 'missing'),
      ...state('3.0', 'missing', 'no-sound'),
      ...state('4.0', 'cannot-check'),
      ...state('5.0', 'refused-path'),
      known('/monitor/10-before.wav', { call: 'call-10.0', part: 'before-answer' }),
    ];
    expect(
      reconcile(trails, [], { known: all }).missing.map(({ trail: { call }, why }) => [call, why]),
    ).toEqual([
      ['call-1.0', 'no-file'],
      ['call-3.0', 'vanished'],
      ['call-4.0', 'unfinished'],
      ['call-5.0', 'path-refused'],
      ['call-10.0', 'no-file'],
    ]);
  });

  it('says of a stray whose it may be, by time and number, and attaches it to nobody', () => {
    const trails = [
      trail('1795427127.0', START),
      trail('1795427130.0', START + 3_000, { numbers: ['13900001111', '1001'] }),
      trail('1795430000.0', START + 7_200_000),
    ];
    const compiled = compileRecorderPattern('{date:YYYYMMDD}-{time:HHmmss}-{direction:A|B}-{number}');
    if (!compiled.ok) throw new Error(compiled.problem.en);
    const readName = compiled.pattern.read;
    const found = reconcile(
      trails,
      [file('TxRec/20261123-174529-A-8887777.wav'), file('TxRec/20261123-174529-B-8887777.wav')],
      {
        readName,
      },
    );
    expect(found.counts).toMatchObject({ stray: 2, attached: 0 });
    expect(found.strays.map(({ suggestions }) => suggestions)).toEqual([
      [{ call: 'call-1795427127.0', why: 'time-and-number', number: '8887777', apartMs: 0 }],
      [],
    ]);
    const worded = reconcile(trails, [file('2026/11/23/rec-1795427127.0.wav')]);
    expect(worded.strays[0]?.suggestions[0]).toMatchObject({
      call: 'call-1795427127.0',
      why: 'uniqueid-in-name',
    });
  });

  it('gives a file that two calls claim to neither, and leaves alone what is of others or of another time', () => {
    const trails = [
      trail('1795427127.0', START, { named: ['x.wav'] }),
      trail('1795427127.1', START, { named: ['x.wav'] }),
    ];
    const found = reconcile(trails, [file('x.wav'), file('o.wav'), file('1700000000.1.wav')], {
      cdr: [{ linkedid: 'o', uniqueid: 'o', recordingfile: 'o.wav' }],
    });
    expect(found.ambiguous).toMatchObject([{ calls: ['call-1795427127.0', 'call-1795427127.1'] }]);
    expect(found.counts).toMatchObject({ ambiguous: 1, ofOthers: 1, outsideWindow: 1, attached: 0 });
  });

  it('keeps the sides of a talk with the talk, and knows what our recorder wrote', () => {
    const call = trail('1795427127.0', START, { mode: 'ami' });
    const stem = '1795427127.0-1795427130123';
    const files = [`${stem}-caller.wav`, `${stem}-desk.wav`, `${stem}.wav`, `${stem}-before.wav`].map(
      (path) => file(path),
    );
    const found = reconcile([call], files);
    expect(found.attachments.map(({ file: { path }, part, mode }) => [path, part, mode])).toEqual([
      [`${stem}.wav`, 'talk', 'ami'],
      [`${stem}-before.wav`, 'before-answer', 'ami'],
    ]);
    expect(reconcile([call], files, { known: [known(`/monitor/${stem}.wav`)] }).counts).toMatchObject({
      known: 1,
      twin: 2,
      stray: 0,
    });
    expect(reconcile([{ ...call, mode: 'none' }], files).counts).toMatchObject({ notKept: 2, attached: 0 });
  });
});

describe('a file that stands still', () => {
  const at = (seconds: number, bytes = 1, mtime = 0) => ({ at: seconds * 1_000, bytes, mtimeMs: mtime });
  it.each([
    [[], false],
    [[at(3)], false],
    [[at(2), at(6)], false],
    [[at(2), at(7)], true],
    [[at(2, 0), at(7)], false],
    [[at(2, 1, 1), at(7)], false],
    [[at(2), at(3, 2), at(7)], false],
    [[at(2), at(3, 2), at(9, 2)], true],
    [[at(601)], true],
    [[at(601, 1, 5_000)], false],
    // Clock of the file server ahead of ours: two looks are needed then.
    [[at(700, 1, 900_000)], false],
    [[at(700, 1, 900_000), at(705, 1, 900_000)], true],
  ] as const)('%j: %s', (samples, settled) => {
    expect(isSettled(samples, 1_000)).toBe(settled);
  });
});
