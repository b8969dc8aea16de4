/** `npm run soak -- calls [seed] [rounds of each blow]`, `recordings [seed] [kills] [minutes]`, `history`, `jobs [seed] [rounds]`, `form [seed] [forms]`, `ear [seed] [ringbacks]`, `month [seed] [months]`, `watch [of each fault] [of each clean call]`: the full counts that `npm test` has no time for. */
import { soakCalls } from './calls.ts';
import { soakEar } from './ear.ts';
import { soakForm } from './form.ts';
import { soakHistory } from './history.ts';
import { soakJobs } from './jobs.ts';
import { soakMonth } from './month.ts';
import { soakRecordings } from './recordings.ts';
import { soakWatch } from './watch.ts';

const [what = '', seed = '1', count, minutes = '30'] = process.argv.slice(2);
switch (what) {
  case 'calls':
    // Agents of the test bed may still hold a port open; nothing of them is needed any more.
    process.exit(await soakCalls(Number(seed), Number(count ?? 50)));
    break;
  case 'recordings':
    process.exit(await soakRecordings(Number(seed), Number(count ?? 200), Number(minutes)));
    break;
  case 'history':
    process.exit(await soakHistory());
    break;
  case 'jobs':
    process.exit(await soakJobs(Number(seed), Number(count ?? 20)));
    break;
  case 'form':
    process.exit(await soakForm(Number(seed), Number(count ?? 500)));
    break;
  case 'ear':
    process.exit(soakEar(Number(seed), Number(count ?? 10_000)));
    break;
  case 'month':
    process.exit(soakMonth(Number(seed), Number(count ?? 5)));
    break;
  case 'watch':
    process.exit(await soakWatch(Number(process.argv[3] ?? 3), Number(count ?? 20)));
    break;
  default:
    process.stderr.write(
      'npm run soak -- calls [seed] [rounds of each blow] | recordings [seed] [kills] [minutes] | history | jobs [seed] [rounds] | form [seed] [forms] | ear [seed] [ringbacks] | month [seed] [months] | watch [of each fault] [of each clean call]\n',
    );
    process.exitCode = 2;
}
