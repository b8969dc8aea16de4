#!/usr/bin/env node
/**
 * `npm test`: types, then lint, then every test; `npm test -- test/calls` runs only those test files.
 * All three run even when one fails, so that one run tells everything. The last line is `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { show } from './child.mjs';
import { findNode24, repository } from './node24.mjs';

const chosen = process.argv.slice(2);
const report = join(repository, 'build', 'test-report.json');
const node = findNode24();
const ofPackage = (path) => join(repository, 'node_modules', path);

// Tests start the service and its threads by the hundred: compiled once, each starts in half the processor time.
process.env.NODE_COMPILE_CACHE ??= join(repository, 'build', 'compile-cache');

const inMemory = folderInMemory();
if (inMemory !== null) {
  process.env.TMPDIR = inMemory;
  process.on('exit', () => rmSync(inMemory, { recursive: true, force: true }));
}

const counts = { passed: 0, failed: 0 };
await check('types', node, [ofPackage('typescript/bin/tsc'), '-p', '.']);
await check('format and lint (Biome)', node, [ofPackage('@biomejs/biome/bin/biome'), 'check', '.']);
await check('promises and types (oxlint)', node, [
  ofPackage('oxlint/bin/oxlint'),
  '--type-aware',
  '--deny-warnings',
]);
await check('unused files and exports (knip)', node, [ofPackage('knip/bin/knip.js'), '--no-progress']);
await runTests();
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;

/**
 * Each test file has databases of its own, of a thousand files each: on a disk PostgreSQL's copies alone cost the system five
 * times the processor time. Null where a machine has little memory, or lets nothing be run from there.
 */
function folderInMemory() {
  const [place, bytes] = ['/dev/shm', 6e9];
  try {
    const { bavail, bsize } = statfsSync(place);
    if (Math.min(bavail * bsize, process.availableMemory()) < bytes) return null;
    const folder = mkdtempSync(join(place, 'dutyline-test-'));
    // Servers of other users (PostgreSQL, sshd) go through it to folders of their own.
    chmodSync(folder, 0o1777);
    const program = join(folder, 'runs');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
    if (spawnSync(program).status === 0) return folder;
    rmSync(folder, { recursive: true });
  } catch {
    // No such place here.
  }
  return null;
}

async function check(name, program, args) {
  const code = await show(program, args);
  if (code === 0) counts.passed += 1;
  else counts.failed += 1;
  process.stdout.write(`dutyline: ${name}: ${code === 0 ? 'clean' : `failed (exit code ${code})`}\n`);
}

async function runTests() {
  mkdirSync(join(repository, 'build'), { recursive: true });
  rmSync(report, { force: true });
  const code = await show(node, [
    ofPackage('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...chosen,
  ]);
  const seen = readReport();
  counts.passed += seen.passed;
  counts.failed += seen.failed;
  // A run that ended badly without naming a failed test (a crash, an unhandled rejection) is one failure all the same.
  if (code !== 0 && seen.failed === 0) counts.failed += 1;
}

/** A test that was skipped proves nothing (D14), so it counts as failed; a file that could not be loaded counts as one. */
function readReport() {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    const unloaded = testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    );
    const skipped = chosen.length === 0 ? numPendingTests + numTodoTests : 0;
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length + skipped };
  } catch (failure) {
    process.stderr.write(`dutyline: the tests left no report: ${failure.message}\n`);
    return { passed: 0, failed: 0 };
  }
}
