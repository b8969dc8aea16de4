/** Keeps one file in a folder that the user of this process may not write to, and says what came of it. */
import { createSoundFolder } from '../../../src/recordings/vault/sound-folder.ts';
import { troubleOf } from '../../../src/recordings/vault/sound-trouble.ts';
import { content, KEYS, pieces, recordingId } from './sounds.ts';

const folder = createSoundFolder(process.argv[2] ?? '', KEYS);
const told = await folder.keepStream(recordingId(1), 'wav', pieces(content(44))).then(
  () => 'kept',
  (failure: unknown) => troubleOf(failure).code,
);
process.stdout.write(told);
