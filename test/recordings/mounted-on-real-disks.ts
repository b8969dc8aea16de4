/**
 * A call recorded by a PBX whose folder is mounted, from its first byte to our copy, while the share goes and comes back; says
 * on standard output what was reported. Started under `unshare -Urm`: there every user may mount what he likes.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallFact } from '../../src/calls/fact.ts';
import type { RecordingReport } from '../../src/calls/recording-report.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { createRecorder, RECORDER_TIMING } from '../../src/recordings/recorder.ts';
import { createRecordingPlaces } from '../../src/service/recording-places.ts';
import { recordedPbx } from '../../src/service/sound.ts';
import { OFFICE, PBX } from '../storage/office.ts';
import { telling } from '../storage/telling.ts';
import { wavFile } from './wav-file.ts';

const root = process.argv[2] ?? '';
const [server, share] = ['server', 'share'].map((name) => {
  mkdirSync(join(root, name));
  return join(root, name);
}) as [string, string];
const asRoot = (command: 'mount' | 'umount', ...args: readonly string[]) => execFileSync(command, args);
const mountShare = () => asRoot('mount', '--bind', server, share);
asRoot('mount', '-t', 'tmpfs', '-o', 'size=8m', 'none', server);
mkdirSync(join(server, 'monitor'));
mountShare();

writeFileSync(
  join(root, 'dutyline.yaml'),
  `storage: { recordings: sound, state: state }
pbxs:
  - id: ${PBX}
    host: 192.0.2.10
    listen: { username: l, secretEnv: LISTEN }
    trunks: [PJSIP/telco]
    recordings: { base: /var/spool/asterisk/monitor, mounted: share/monitor }
`,
);
const loaded = loadConfig({ dir: root, env: { LISTEN: 'secret' } });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const [pbx] = loaded.config.pbxs;
if (pbx === undefined) throw new Error('no PBX was read');

const reports: RecordingReport[] = [];
const places = createRecordingPlaces(loaded.config.pbxs, join(root, 'fetched'));
const lines = OFFICE.lines.map((line) => ({ ...line, recording: 'pbx' as const }));
const watch = { hand: null, stopEvidence: null } as Parameters<typeof recordedPbx>[2];
const library = createRecordingLibrary(loaded.config.storage.recordings);
const recorder = createRecorder(
  {
    now: Date.now,
    library,
    report: (report) => {
      reports.push(report);
      return Promise.resolve({ ok: true });
    },
    unfinished: () => Promise.resolve([]),
    isKnown: () => Promise.resolve(false),
    onSecurity: () => undefined,
    onTrouble: () => undefined,
    timing: { ...RECORDER_TIMING, lookEveryMs: 50, attachAgainMs: 100 },
  },
  [recordedPbx(pbx, places.of(PBX), watch, { ...OFFICE, lines })],
);

/** Lets so much of what was reported come true, however long it takes. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
const states = () =>
  reports.map((report) => ('state' in report ? `${report.type} ${report.state}` : report.type));
const saw = (state: string) => until(() => states().includes(state));

const LINKEDID = '1795406400.1';
const file = join(server, 'monitor', `${LINKEDID}.wav`);
const call = telling(LINKEDID);
const observe = (works: readonly { readonly facts: readonly CallFact[] }[]) =>
  recorder.observe(
    PBX,
    works.flatMap(({ facts }) => facts),
  );

writeFileSync(file, wavFile(16_000, { riffSize: 0, dataSize: 0 }));
const path = `/var/spool/asterisk/monitor/${LINKEDID}.wav`;
observe([call.arrives(), call.say({ kind: 'recording-named', path, source: 'variable' })]);
await saw('recording-known');
// The other machine writes on: the look that comes next sees more than the one before.
const writing = setInterval(() => appendFileSync(file, new Uint8Array(1_600)), 60);
await saw('recording-growth recording');
clearInterval(writing);
asRoot('umount', share);
await saw('recording-growth cannot-check');
const whole = wavFile(160_000);
writeFileSync(file, whole);
observe([...call.closes(), call.ends()]);
await new Promise((resolve) => setTimeout(resolve, 500));
const whileAway = states();
mountShare();
await saw('recording-attached');
await recorder.idle();
await recorder.stop();
places.close();

const attached = reports.find((report) => report.type === 'recording-attached');
const kept = attached === undefined ? null : readFileSync(join(library.root, attached.file));
process.stdout.write(
  JSON.stringify({ whileAway, after: states(), isWhole: kept?.equals(whole), seconds: attached?.seconds }),
);
