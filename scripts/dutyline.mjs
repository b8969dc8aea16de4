#!/usr/bin/env node
/** The command `dutyline`: the CLI of `src/cli/main.ts`, run by Node 24. */
import { runWithNode24, startOrSayWhy } from './run.mjs';

await startOrSayWhy(() => runWithNode24('src/cli/main.ts', process.argv.slice(2)));
