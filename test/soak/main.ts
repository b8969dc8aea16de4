/** `npm run soak -- calls [seed] [rounds of each blow]`, `recordings [minutes]`, `history`, `jobs [seed] [rounds]`: the full counts that `npm test` has no time for. */
import { soakCalls } from './calls.ts';
import { soakHistory } from './history.ts';
import { soakJobs } from './jobs.ts';
import { soakRecordings } from './recordings.ts';

const [what = '', seed = '1', rounds = '50'] = process.argv.slice(2);
switch (what) {
  case 'calls':
    // Agents of the test bed may still hold a port open; nothing of them is needed any more.
    process.exit(await soakCalls(Number(seed), Number(rounds)));
    break;
  case 'recordings':
    process.exit(await soakRecordings(process.argv[3] === undefined ? 30 : Number(process.argv[3])));
    break;
  case 'history':
    process.exit(await soakHistory());
    break;
  case 'jobs':
    process.exit(await soakJobs(Number(seed), Number(rounds)));
    break;
  default:
    process.stderr.write(
      'npm run soak -- calls [seed] [rounds of each blow] | recordings [minutes] | history | jobs [seed] [rounds]\n',
    );
    process.exitCode = 2;
}
