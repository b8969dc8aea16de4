/** A service that looks after the sound of a scene and ends by SIGKILL at a place; without one it does all there is to do. */
import { runSound } from './run-sound.ts';

const [folder = '', point = ''] = process.argv.slice(2);
await runSound(folder, (reached) => {
  if (reached === point) process.kill(process.pid, 'SIGKILL');
});
