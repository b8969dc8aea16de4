/** A keeper of sound to be killed: keeps one file after the other, and says on standard output what it has kept. */
import { writeSync } from 'node:fs';
import { createSoundFolder } from '../../../src/recordings/vault/sound-folder.ts';
import { content, KEYS, pieces, recordingId } from './sounds.ts';

const [root = '', first = '0'] = process.argv.slice(2);
const folder = createSoundFolder(root, KEYS);
for (let n = Number(first); ; n += 1) {
  writeSync(1, `begins ${n}\n`);
  const made = await folder.keepStream(recordingId(n), 'wav', pieces(content(400_000, n)));
  writeSync(1, `kept ${made.file}\n`);
}
