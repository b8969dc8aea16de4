import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createAmiManager } from '../../src/asterisk/control/ami-manager.ts';
import { createControlSession } from '../../src/asterisk/control/control-session.ts';
import { createEvidenceStop, createRecorderHand } from '../../src/asterisk/control/recorder-hand.ts';
import { createRecorderSession } from '../../src/asterisk/control/recorder-session.ts';
import { decode } from '../../src/asterisk/listen/decode.ts';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import type { CallFact } from '../../src/calls/fact.ts';
import type { RecordingReport } from '../../src/calls/recording-report.ts';
import { emptyState } from '../../src/calls/state.ts';
import { step } from '../../src/calls/tracker.ts';
import type { RecordingMode } from '../../src/lines/duty-line.ts';
import { createLineMatch } from '../../src/lines/line-match.ts';
import type { PathNote } from '../../src/recordings/finishing.ts';
import type { UnfinishedRecording } from '../../src/recordings/followed-recording.ts';
import { createRecordingLibrary, type RecordingLibrary } from '../../src/recordings/library.ts';
import { createRecorder, RECORDER_TIMING, type Recorder } from '../../src/recordings/recorder.ts';
import { localPlace, type RecordingPlace } from '../../src/recordings/recording-place.ts';
import { whenUp } from '../asterisk/control/when-up.ts';
import { DID } from '../bed/numbers.ts';
import { type Office, type OfficeOptions, startOffice } from '../bed/office.ts';

/** A real office whose calls are tracked and recorded by the product's own parts; what would go to the store is kept in lists. */
export interface RecordedOffice {
  readonly office: Office;
  readonly library: RecordingLibrary;
  readonly facts: readonly CallFact[];
  readonly reports: readonly RecordingReport[];
  readonly notes: readonly PathNote[];
  readonly troubles: readonly string[];
  recorder(): Recorder;
  /** Ends the recorder as a killed service would, and starts another one from what the lists say. */
  restartRecorder(): Promise<void>;
  /** The next report of this type for which the test holds. */
  reported<T extends RecordingReport['type']>(
    type: T,
    test?: (report: Extract<RecordingReport, { type: T }>) => boolean,
    timeoutMs?: number,
  ): Promise<Extract<RecordingReport, { type: T }>>;
  stop(): Promise<void>;
}

export async function recordedOffice(
  mode: RecordingMode,
  options: OfficeOptions = {},
  /** A recorder account beside a PBX that records by itself. */
  hasHand = false,
  /** How the files are reached; they lie on our own disk unless told. */
  placeOf: (recordings: string) => RecordingPlace = (onPbx) => localPlace({ onPbx, here: onPbx }),
): Promise<RecordedOffice> {
  const office = await startOffice({ snippet: mode === 'snippet', ...options });
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-recorded-'));
  const library = createRecordingLibrary(folder);
  const access = (username: 'control' | 'recorder') => ({
    host: office.ami.host,
    port: office.ami.port,
    tls: null,
    username,
    secret: office.ami.secret(username),
  });
  const managers = [
    createAmiManager(access('recorder'), () => undefined),
    createAmiManager(access('control'), () => undefined),
  ] as const;
  await Promise.all(managers.map(whenUp));
  const control = createControlSession(managers[1]);
  const hand = createRecorderHand(createRecorderSession(managers[0], office.recordings), control);

  const place = placeOf(office.recordings);
  const facts: CallFact[] = [];
  const reports: RecordingReport[] = [];
  const notes: PathNote[] = [];
  const troubles: string[] = [];
  const makeRecorder = () =>
    createRecorder(
      {
        now: Date.now,
        report(report) {
          reports.push(report);
          return Promise.resolve({ ok: true });
        },
        library,
        unfinished: () => Promise.resolve(unfinishedOf(reports)),
        isKnown: (id) => Promise.resolve(reports.some((report) => report.recording === id)),
        onSecurity: (note) => notes.push(note),
        onTrouble: (_recording, trouble) => troubles.push(trouble),
        timing: {
          ...RECORDER_TIMING,
          lookEveryMs: 100,
          attachAgainMs: 1_000,
          attach: { ...RECORDER_TIMING.attach, missingAfterMs: 5_000, stillMs: 2_500 },
        },
      },
      [
        {
          pbx: 'office',
          place,
          onShare: false,
          modes: new Map([['line-1', mode]]),
          hand: mode === 'ami' || hasHand ? hand : null,
          ...(mode === 'snippet' ? { stopEvidence: createEvidenceStop(control) } : {}),
        },
      ],
    );
  let recorder = makeRecorder();

  const line = {
    id: 'line-1',
    room: 'room',
    number: '0954-2030001',
    dids: Object.values(DID).filter((did) => did !== DID.notOurs),
    trunks: ['PJSIP/telco', 'PJSIP/telco2'],
    phones: ['PJSIP/1001', 'PJSIP/1002'],
    recording: mode,
  };
  const state = emptyState(createLineMatch({ pbx: 'office', trunks: line.trunks, lines: [line] }), null);
  const listener = await listen(office, (event) => {
    const told = step(state, { type: 'event', receivedAt: Date.now(), event });
    for (const effect of told.effects)
      if (effect.kind === 'start-recording') recorder.start('office', effect);
    facts.push(...told.facts);
    recorder.observe('office', told.facts);
  });

  return {
    office,
    library,
    facts,
    reports,
    notes,
    troubles,
    recorder: () => recorder,
    async restartRecorder() {
      await recorder.stop();
      recorder = makeRecorder();
      await recorder.restore('office', facts);
    },
    async reported(type, test = () => true, timeoutMs = 20_000) {
      const wanted = (report: RecordingReport): report is Extract<RecordingReport, { type: typeof type }> =>
        report.type === type && test(report as Extract<RecordingReport, { type: typeof type }>);
      await expect.poll(() => reports.some(wanted), { timeout: timeoutMs, interval: 30 }).toBe(true);
      const found = reports.find(wanted);
      if (found === undefined) throw new Error(`no ${type}`);
      return found;
    },
    async stop() {
      listener.destroy();
      await recorder.stop();
      await Promise.all(managers.map((manager) => manager.stop()));
      await office.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The listen session in its barest form: log in, read, tell. Resolves when it hears. */
async function listen(office: Office, tell: (event: ChannelEvent) => void): Promise<Socket> {
  const parser = createPacketParser();
  const socket = createConnection({ host: office.ami.host, port: office.ami.port });
  const hand = (packets: ReturnType<typeof parser.push>) => {
    for (const packet of packets) {
      if (packet.name === 'FullyBooted') socket.emit('heard');
      const decoded = decode(packet);
      if (decoded.kind === 'event') tell(decoded.event);
    }
  };
  let settling: NodeJS.Timeout | undefined;
  socket.on('data', (chunk: Buffer) => {
    hand(parser.push(chunk));
    clearTimeout(settling);
    settling = setTimeout(() => hand(parser.settle()), 5);
  });
  socket.on('error', () => socket.destroy());
  const heard = once(socket, 'heard');
  socket.write(`Action: Login\r\nUsername: listen\r\nSecret: ${office.ami.secret('listen')}\r\n\r\n`);
  await heard;
  return socket;
}

function unfinishedOf(reports: readonly RecordingReport[]): readonly UnfinishedRecording[] {
  const over = new Set(
    reports
      .filter(({ type }) => type === 'recording-attached' || type === 'recording-failed')
      .map(({ recording }) => recording),
  );
  return reports.flatMap((report) =>
    report.type === 'recording-known' && !over.has(report.recording)
      ? [{ ...report, id: report.recording, knownAt: report.at }]
      : [],
  );
}
