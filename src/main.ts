/** `npm start`: refuses an old Node, reads the configuration, starts the service, ends it on a signal. */
import { join } from 'node:path';

const NEEDED = 24;
const SAME_SIGNAL_MS = 1_000;

// Before anything else is loaded: Node 20 breaks off inside better-sqlite3 without a word, 22 has no argon2.
if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  process.stderr.write(`dutyline: Node ${NEEDED} or newer is needed, this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  await run();
}

async function run(): Promise<void> {
  const { loadConfig } = await import('./config/load-config.ts');
  const { configFolder } = await import('./config/config-folder.ts');
  const loaded = loadConfig({ dir: configFolder(undefined, process.env), env: process.env });
  if (!loaded.ok) {
    const { describeProblems } = await import('./config/problem.ts');
    process.stderr.write(`dutyline: ${describeProblems(loaded.problems)}\n`);
    process.exitCode = 1;
    return;
  }
  const [{ start }, { createLog }, { announce }] = await Promise.all([
    import('./service/start.ts'),
    import('./web/log.ts'),
    import('./service/announce.ts'),
  ]);
  const log = createLog('info');
  const pageFolder = join(import.meta.dirname, '..', 'build', 'page');
  let service: Awaited<ReturnType<typeof start>>;
  try {
    service = await start(loaded.config, { log, pageFolder });
  } catch (error) {
    process.stderr.write(
      `dutyline: cannot start: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
    return;
  }
  for (const line of await announce(service, loaded.config)) process.stdout.write(`${line}\n`);
  let stoppingSince: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // Ctrl+C comes twice: from the terminal, and passed on by npm. A later one means that somebody does not want to wait.
      if (stoppingSince !== null && performance.now() - stoppingSince < SAME_SIGNAL_MS) return;
      if (stoppingSince !== null) process.exit(1);
      stoppingSince = performance.now();
      log('info', 'stopping', { signal });
      service.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log('error', 'stop-failed', { error: String(error) });
          process.exit(1);
        },
      );
    });
  }
}
