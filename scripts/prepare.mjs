#!/usr/bin/env node
/**
 * Everything `npm start` and `npm test` need on a machine that has only Node 20, npm 11 and git:
 * `node scripts/prepare.mjs start|test|bench`. Plain JavaScript on Node's own modules, as nothing is installed yet.
 * What is there already costs some milliseconds; what is missing and cannot be brought is one line and exit code 1.
 */
import { prepareAsterisk } from './asterisk.mjs';
import { needDebianParts } from './debian-parts.mjs';
import { installPackages } from './packages.mjs';
import { buildPage } from './page.mjs';

const purpose = process.argv[2];
const say = (line) => process.stdout.write(`dutyline: ${line}\n`);

try {
  if (!['start', 'test', 'bench'].includes(purpose))
    throw new Error('usage: node scripts/prepare.mjs start|test|bench');
  await installPackages(say);
  await buildPage(say);
  if (purpose !== 'start') {
    await needDebianParts(purpose, say);
    for (const major of [22, 16]) await prepareAsterisk(major, say);
  }
} catch (failure) {
  process.stderr.write(`dutyline: cannot go on: ${failure.message}\n`);
  process.exitCode = 1;
}
