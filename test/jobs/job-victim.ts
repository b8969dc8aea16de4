/** A worker to be killed: says the Linkedid of each job it has begun, one a line, and never ends it. */
import { writeSync } from 'node:fs';
import { attaching, type JobPlace, openJobs } from './job-bed.ts';

const jobs = await openJobs(JSON.parse(process.argv[2] ?? '') as JobPlace);
jobs.carrier.start(
  attaching((linkedid) => {
    writeSync(1, `${linkedid}\n`);
    return new Promise(() => {});
  }),
  { concurrency: 1 },
);
