import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAmiManager } from '../../src/asterisk/control/ami-manager.ts';
import { createControlSession } from '../../src/asterisk/control/control-session.ts';
import { createRecorderHand } from '../../src/asterisk/control/recorder-hand.ts';
import { createRecorderSession } from '../../src/asterisk/control/recorder-session.ts';
import {
  createListenSession,
  LISTEN_TIMING,
  type ListenSession,
} from '../../src/asterisk/listen/listen-session.ts';
import { foldCall } from '../../src/calls/evolve.ts';
import type { CallFact } from '../../src/calls/fact.ts';
import type { RecordingReport } from '../../src/calls/recording-report.ts';
import { emptyState } from '../../src/calls/state.ts';
import { summaryOf } from '../../src/calls/summary.ts';
import { step } from '../../src/calls/tracker.ts';
import { type DemoPbx, startDemoPbx } from '../../src/demo/demo-pbx.ts';
import { createLineMatch } from '../../src/lines/line-match.ts';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { createRecorder, type Recorder } from '../../src/recordings/recorder.ts';
import { localPlace } from '../../src/recordings/recording-place.ts';
import { whenUp } from '../asterisk/control/when-up.ts';

const EXPECTED = {
  answered: { direction: 'inbound', outcome: 'answered', answeredBy: 'PJSIP/1001', preAnswerAudio: 'none' },
  'colour-ringback': { direction: 'inbound', outcome: 'answered', preAnswerAudio: 'music' },
  forwarded: { direction: 'inbound', outcome: 'answered', leftPremises: true, leftTo: '13800002222' },
  missed: { direction: 'inbound', outcome: 'abandoned', preAnswerAudio: 'none' },
  transferred: { direction: 'inbound', outcome: 'answered', transfers: [{ kind: 'attended', to: '1002' }] },
  busy: { direction: 'inbound', outcome: 'busy' },
  outbound: { direction: 'outbound', outcome: 'answered', dialled: '913800002222' },
} as const;

describe('the demonstration through the real sessions, tracker and recorder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-demo-kept-'));
  const facts: CallFact[] = [];
  const reports: RecordingReport[] = [];
  const troubles: string[] = [];
  let demo: DemoPbx;
  let session: ListenSession;
  let recorder: Recorder;
  let managers: readonly ReturnType<typeof createAmiManager>[];

  beforeAll(async () => {
    demo = await startDemoPbx({ now: Date.now, automatic: false });
    const access = { host: demo.host, port: demo.port, tls: null, ...demo.account };
    const [forRecorder, forControl] = [
      createAmiManager(access, () => undefined),
      createAmiManager(access, () => undefined),
    ];
    managers = [forRecorder, forControl];
    await Promise.all(managers.map(whenUp));
    const hand = createRecorderHand(
      createRecorderSession(forRecorder, demo.recordingsBase),
      createControlSession(forControl),
    );
    recorder = createRecorder(
      {
        now: Date.now,
        report(report) {
          reports.push(report);
          return Promise.resolve({ ok: true });
        },
        library: createRecordingLibrary(folder),
        unfinished: () => Promise.resolve([]),
        isKnown: () => Promise.resolve(false),
        onSecurity: () => undefined,
        onTrouble: (_recording, trouble) => troubles.push(trouble),
      },
      [
        {
          pbx: demo.setup.pbx,
          place: localPlace({ onPbx: demo.recordingsBase, here: demo.recordingsBase }),
          onShare: false,
          modes: new Map(demo.setup.lines.map((line) => [line.id, line.recording])),
          hand,
        },
      ],
    );
    const state = emptyState(createLineMatch(demo.setup), null);
    session = createListenSession(
      access,
      {
        input(input) {
          const told = step(state, input);
          for (const effect of told.effects) {
            if (effect.kind === 'start-recording') recorder.start(demo.setup.pbx, effect);
          }
          facts.push(...told.facts);
          recorder.observe(demo.setup.pbx, told.facts);
        },
        state: () => undefined,
      },
      Date.now,
      Math.random,
      LISTEN_TIMING,
    );
    await vi.waitUntil(() => session.state().state === 'up', { timeout: 10_000 });
  });

  afterAll(async () => {
    session.stop();
    await recorder.stop();
    await Promise.all(managers.map((manager) => manager.stop()));
    await demo.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows each story as what it is, complete, and keeps its sound', async () => {
    const stories = Object.keys(EXPECTED);
    const begun = new Map<string, string>();
    for (const story of stories) {
      const before = new Set(arrivals(facts));
      expect(demo.simulate(story)).toBe(true);
      await expect
        .poll(() => arrivals(facts).filter((id) => !before.has(id)).length, { timeout: 3_000 })
        .toBe(1);
      begun.set(story, arrivals(facts).find((id) => !before.has(id)) ?? '');
    }
    await expect
      .poll(() => facts.filter((fact) => fact.kind === 'call-ended').length, { timeout: 60_000 })
      .toBe(stories.length);

    for (const [story, expected] of Object.entries(EXPECTED)) {
      const linkedid = begun.get(story);
      const call = foldCall(facts.filter((fact) => fact.linkedid === linkedid));
      if (call === undefined) throw new Error(`${story}: no call`);
      expect({ story, ...summaryOf(call) }).toMatchObject({
        story,
        ...expected,
        complete: true,
        tampered: false,
      });
    }

    await recorder.idle();
    const soundOf = (story: string, part: string) => {
      const known = reports.find(
        (report) =>
          report.type === 'recording-known' && report.linkedid === begun.get(story) && report.part === part,
      );
      const done = reports.find(
        (report) => report.type === 'recording-attached' && report.recording === known?.recording,
      );
      return done?.type === 'recording-attached' ? done.seconds : null;
    };
    expect(soundOf('answered', 'talk')).toBeGreaterThan(20);
    expect(soundOf('answered', 'before-answer')).toBeNull();
    expect(soundOf('colour-ringback', 'before-answer')).toBeGreaterThan(6);
    expect(soundOf('forwarded', 'talk')).toBeGreaterThan(9);
    expect(soundOf('outbound', 'talk')).toBeGreaterThan(11);
    expect(soundOf('missed', 'talk')).toBeNull();
    expect(reports.some((report) => report.type === 'recording-growth' && report.state === 'recording')).toBe(
      true,
    );
    expect(
      reports.filter((report) => report.type === 'recording-growth' && report.state !== 'recording'),
    ).toEqual([]);
    expect(troubles).toEqual([]);
  }, 90_000);
});

function arrivals(facts: readonly CallFact[]): readonly string[] {
  return facts.filter((fact) => fact.kind === 'call-arrived').map((fact) => fact.linkedid);
}
