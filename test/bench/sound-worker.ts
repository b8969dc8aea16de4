/**
 * One of the two ways from a talk on the PBX's disk to something a browser plays, as a process of its own, so that its
 * processor time is its own: `pipeline` as the service does it (copies of all three files with digests, measured, playable
 * copy, waveform, each durable and read back), `ffmpeg` the bare program with the same filter and encoder.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { attachRecording } from '../../src/recordings/attach.ts';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { processSound } from '../../src/recordings/process-sound.ts';
import { recordingIdOf } from '../../src/recordings/recording-id.ts';
import { localPlace } from '../../src/recordings/recording-place.ts';
import { findFfmpeg } from '../../src/recordings/transcode.ts';

const [way = '', base = '', folder = '', ...paths] = process.argv.slice(2);
const ffmpeg = findFfmpeg(process.env);
if (ffmpeg === null) throw new Error('this bench needs ffmpeg');
const run = promisify(execFile);

/** Clock ticks a second of `/proc`, on every Linux. */
const TICKS = 100;

/** Seconds of one core that this process and the children it waited for have used. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  // Behind the name in brackets: cutime and cstime are fields 16 and 17 of proc(5).
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (user + system) / 1e6 + (Number(fields[13]) + Number(fields[14])) / TICKS;
}

async function bare(path: string, at: number): Promise<void> {
  const side = (name: string) => path.replace(/\.wav$/, `-${name}.wav`);
  const evened = '[0:a]volume=3dB[l];[1:a]volume=-2dB[r];[l][r]join=inputs=2:channel_layout=stereo';
  const output = [
    '-c:a',
    'libopus',
    '-b:a',
    '40k',
    '-application',
    'voip',
    '-vbr',
    'on',
    '-map_metadata',
    '-1',
  ];
  const inputs = ['-i', side('caller'), '-i', side('desk')];
  await run(ffmpeg ?? '', [
    '-v',
    'error',
    '-nostdin',
    ...inputs,
    '-filter_complex',
    evened,
    ...output,
    join(folder, `${at}.ogg`),
  ]);
}

const library = createRecordingLibrary(join(folder, 'library'));

async function whole(path: string): Promise<void> {
  const recording = recordingIdOf('bench', path, path, 0);
  const taken = await attachRecording(
    { recording, pbxPath: path, leastSeconds: 0, withSides: true },
    {
      place: localPlace({ onPbx: base, here: base }),
      library,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
  );
  if (taken.state !== 'attached') throw new Error(`${path} was not taken over: ${taken.state}`);
  const sound = async (file: string) => {
    const opened = await library.open(file);
    if (opened === null) throw new Error(`${file} is gone`);
    return { ending: 'wav', bytes: opened.bytes, stream: opened.stream };
  };
  const { file } = taken.sound;
  const [original, caller, room] = await Promise.all(
    ['.wav', '.caller.wav', '.room.wav'].map((ending) => sound(file.replace(/\.wav$/, ending))),
  );
  if (original === undefined || caller === undefined || room === undefined) throw new Error('no sides');
  const expected = { part: 'talk', talk: null, startedAt: null } as const;
  const judgement = await processSound(
    { original, sides: { caller, room }, expected },
    { ffmpeg, keep: (ending, bytes) => library.keepStream(recording, ending, bytes) },
  );
  if (judgement.playable === null || judgement.measure?.sides.length !== 2)
    throw new Error(`${path} did not become playable`);
}

const before = cpuSeconds();
const begun = performance.now();
for (const [at, path] of paths.entries()) await (way === 'ffmpeg' ? bare(path, at) : whole(path));
process.stdout.write(
  JSON.stringify({ cpuSeconds: cpuSeconds() - before, seconds: (performance.now() - begun) / 1_000 }),
);
