/** `npm run bench -- [NAME …]`: runs the benches named, or all of them. */

interface Bench {
  run(args: readonly string[]): Promise<void>;
}

const BENCHES: ReadonlyMap<string, () => Promise<Bench>> = new Map([
  ['parse', () => import('./parse.ts')],
  ['pipeline', () => import('./pipeline.ts')],
  ['memory', () => import('./memory.ts')],
  ['latency', () => import('./latency.ts')],
  ['reconcile', () => import('./reconcile.ts')],
  ['real-latency', () => import('./real-latency.ts')],
  ['recordings', () => import('./recordings.ts')],
  ['sealed', () => import('./sealed.ts')],
  ['ear', () => import('./ear.ts')],
  ['jobs', () => import('./jobs.ts')],
  ['million', () => import('./million.ts')],
  ['consoles', () => import('./consoles.ts')],
]);

const [name, ...args] = process.argv.slice(2);
if (name === undefined) {
  for (const [each, load] of BENCHES) {
    process.stdout.write(`${each}\n`);
    const bench = await load();
    await bench.run([]);
  }
} else {
  const load = BENCHES.get(name);
  if (load === undefined) {
    process.stderr.write(`no bench ${name}; there are: ${[...BENCHES.keys()].join(', ')}\n`);
    process.exitCode = 2;
  } else {
    const bench = await load();
    await bench.run(args);
  }
}
