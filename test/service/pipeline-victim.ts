/** A service that is killed at a named stage of the pipeline: runs the jobs of sound and ends by SIGKILL there. */
import { openStore } from '../../src/storage/open-store.ts';
import { RULES } from '../storage/office.ts';
import { runJobs } from './sound-bed.ts';

const [database = '', recordings = '', copy = '', stage = ''] = process.argv.slice(2);
const store = await openStore({ database, rules: RULES });
const jobs = runJobs(store, { recordings, copy }, (reached) => {
  if (reached === stage) process.kill(process.pid, 'SIGKILL');
});
await jobs.done();
throw new Error(`the stage ${stage} was never reached`);
