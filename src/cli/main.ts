/**
 * The command `dutyline`. Only user of commander; each command's work stands in a file of its own, which is loaded when the
 * command runs: help and `explain` must not need a database.
 */
import { Command } from 'commander';
import { ROLES } from '../accounts/access.ts';
import type { Config } from '../config/config.ts';
import type { Store } from '../storage/store.ts';
import type { ExplainOptions } from './explain-setup.ts';
import type { BackfillOptions } from './history.ts';
import type { ProbeOptions } from './probe.ts';
import { CommandRefused, remark } from './terminal.ts';

interface Common {
  readonly config?: string;
}

const CONFIG = [
  '--config <folder>',
  'folder of dutyline.yaml and office.yaml (else DUTYLINE_CONFIG, else config/)',
] as const;

const program = new Command('dutyline')
  .description('DutyLine 值班电话记录系统: records every call of a duty room and opens its 电话记录单')
  .showHelpAfterError('(--help shows how it is used)');

program
  .command('start')
  .description('run the service; without a PBX in the configuration it runs the demonstration')
  .option(...CONFIG)
  .action(async ({ config }: Common) => {
    if (config !== undefined) process.env.DUTYLINE_CONFIG = config;
    await import(new URL('../main.ts', import.meta.url).href);
  });

const user = program.command('user').description('accounts that log in, PINs of people');

user
  .command('add <login>')
  .description('add an account; asks for its password, or reads it from standard input')
  .requiredOption('--role <role>', ROLES.join(', '))
  .option('--name <name>', 'name as shown (else the log-in name)')
  .option('--unit <id>', 'its unit (else the only unit that has a room)')
  .option('--person <id>', 'person of the roster who uses it')
  .option('--generate', 'make a password and print it once')
  .option(...CONFIG)
  .action(async (login: string, options: Common & AddOptions) => {
    const { role, name, unit, person, generate = false } = options;
    const { addUser } = await import('./user.ts');
    await onStore(options, (store) => addUser(store, login, { role, name, unit, person, generate }));
  });

user
  .command('list')
  .description('show every account')
  .option(...CONFIG)
  .action(async (options: Common) => {
    const { listUsers } = await import('./user.ts');
    await onStore(options, listUsers);
  });

user
  .command('passwd <login>')
  .description('set a new password; the account is logged out everywhere')
  .option('--generate', 'make a password and print it once')
  .option(...CONFIG)
  .action(async (login: string, options: Common & { readonly generate?: boolean }) => {
    const { changePassword } = await import('./user.ts');
    await onStore(options, (store) => changePassword(store, login, options.generate ?? false));
  });

user
  .command('pin <person>')
  .description('set the PIN by which a person takes over a seat (换人)')
  .option(...CONFIG)
  .action(async (person: string, options: Common) => {
    const { changePin } = await import('./user.ts');
    await onStore(options, (store) => changePin(store, person));
  });

const office = program
  .command('office')
  .description('units, rooms, lines, seats, people, telephone book, roster');

office
  .command('import <file>')
  .description('read an office file into the database')
  .option(...CONFIG)
  .action(async (file: string, options: Common) => {
    const { importOffice } = await import('./office.ts');
    await onStore(options, (store, config) => importOffice(store, config, file));
  });

office
  .command('export [file]')
  .description('write the office from the database to a file, or to standard output')
  .option('--replace', 'overwrite an existing file')
  .option(...CONFIG)
  .action(async (file: string | undefined, options: Common & { readonly replace?: boolean }) => {
    const { exportOffice } = await import('./office.ts');
    await onStore(options, (store, config) => exportOffice(store, config, file, options.replace ?? false));
  });

program
  .command('doctor')
  .description('check machine, configuration, database and each PBX; says what to do')
  .option(...CONFIG)
  .action(async (options: Common) => {
    const { configOf } = await import('./office-store.ts');
    const { runDoctor } = await import('./doctor.ts');
    if (!(await runDoctor(configOf(options.config, 'needed')))) process.exitCode = 1;
  });

program
  .command('capture <pbx> <file>')
  .description('write the AMI bytes of the listen account to a file, as read from the socket')
  .option('--seconds <n>', 'end by itself after so long (else at Ctrl+C)')
  .option(...CONFIG)
  .action(async (pbx: string, file: string, options: Common & { readonly seconds?: string }) => {
    const { configOf } = await import('./office-store.ts');
    const { capture } = await import('./capture.ts');
    await capture(configOf(options.config, 'needed'), pbx, file, secondsOf(options.seconds));
  });

program
  .command('explain <files...>')
  .description('put captured AMI bytes through the tracker: one JSON object a call')
  .option('--line <number>', 'published number of the line')
  .option('--dids <list>', 'its DIDs, separated by commas')
  .option('--phones <list>', 'endpoints of its phones, such as PJSIP/1001,PJSIP/1002')
  .option('--trunks <list>', 'trunks of the PBX, such as PJSIP/telco')
  .option('--config <folder>', 'take lines and trunks from a configuration instead')
  .action(async (files: readonly string[], options: ExplainOptions) => {
    const { explainFiles } = await import('./explain.ts');
    await explainFiles(options, files, process.stdout, process.stderr);
  });

program
  .command('audit-line <line>')
  .description(
    'what the settings of its PBX say against a line: forwarding, music or speech before the answer',
  )
  .option('--json', 'say the result as JSON')
  .option(...CONFIG)
  .action(async (line: string, options: Common & { readonly json?: boolean }) => {
    const { auditLineNow } = await import('./audit-line.ts');
    try {
      await onOffice(options, 'needed', async (store, config) => {
        const json = options.json ?? false;
        process.exitCode = await auditLineNow(config, await store.office(), line, { json });
      });
    } catch (failure) {
      if (!(failure instanceof CommandRefused)) throw failure;
      remark(failure.message);
      // 1 says that something was found.
      process.exitCode = 2;
    }
  });

program
  .command('probe <number>')
  .description('call a number once by a trunk of watch.probe and say what a caller hears: one JSON object')
  .requiredOption('--via <trunk>', 'the trunk to call by, such as PJSIP/telco2')
  .option('--keep <file>', 'write the sound to this file (WAV); it must not exist')
  .option(...CONFIG)
  .action(async (number: string, options: Common & ProbeOptions) => {
    const { configOf, withStore } = await import('./office-store.ts');
    const { probeNumber } = await import('./probe.ts');
    const config = configOf(options.config, 'needed');
    const { lines } = await withStore(config, (store) => store.office());
    await probeNumber(config, lines, number, options);
  });

program
  .command('classify <files...>')
  .description(
    'say what is heard in sound from before an answer (ringback, music, speech, busy …): one JSON object a file',
  )
  .option('--stream', 'also say what was decided so far whenever it changes')
  .action(async (files: readonly string[], { stream = false }: { readonly stream?: boolean }) => {
    const { classifyFiles } = await import('./classify.ts');
    await classifyFiles({ stream }, files, process.stdout);
  });

program
  .command('audit')
  .description('the audit chain: who heard, changed, exported, was refused')
  .command('verify')
  .description('walk the chain; exit code 1 unless every entry fits the one before it')
  .option('--json', 'say the result as JSON')
  .option(...CONFIG)
  .action(async (options: Common & { readonly json?: boolean }) => {
    const { verifyAuditChain } = await import('./audit.ts');
    await onStore(options, (store) => verifyAuditChain(store, { json: options.json ?? false }));
  });

program
  .command('seals')
  .description('seals of 值班日志 and 交接班')
  .command('verify')
  .description('walk the seals of every room; exit code 1 unless all fit')
  .option('--json', 'say the result as JSON')
  .option(...CONFIG)
  .action(async (options: Common & { readonly json?: boolean }) => {
    const { verifySeals } = await import('./seals.ts');
    await onStore(options, (store, { rules }) =>
      verifySeals(store, rules.timeZone, { json: options.json ?? false }),
    );
  });

const recordings = program
  .command('recordings')
  .description('sound: match files with calls, read it again, restore it, say how long the disk lasts');

const CARE = {
  verify: 'read every recording and its second copy again; exit code 1 unless each is what was kept',
  restore: 'bring altered and lost recordings back from the second copy',
  forecast: 'say how long the disk of the recordings lasts',
} as const;
for (const name of ['verify', 'restore', 'forecast'] as const) {
  recordings
    .command(name)
    .description(CARE[name])
    .option('--json', 'say the result as JSON')
    .option(...CONFIG)
    .action(async (options: Common & { readonly json?: boolean }) => {
      const commands = await import('./recordings.ts');
      await onSound(options, (store, config) =>
        commands[name](store, config, { json: options.json ?? false }),
      );
    });
}

recordings
  .command('reconcile')
  .description('match the files of the PBXs with the calls of the last days, both ways')
  .option('--days <n>', 'how far back', '30')
  .option('--json', 'say the result as JSON')
  .option(...CONFIG)
  .action(async (options: Common & { readonly days: string; readonly json?: boolean }) => {
    const { reconcileNow } = await import('./recordings.ts');
    const { days, json = false } = options;
    if (!/^[1-9]\d{0,3}$/.test(days)) throw new CommandRefused('--days takes a whole number of days.');
    await onSound(options, (store, config) => reconcileNow(store, config, Number(days), { json }));
  });

program
  .command('history')
  .description('calls that nobody saw live, from what a PBX keeps of them (CEL)')
  .command('backfill')
  .description('recover the calls of a stretch of time; calls that are known are left alone')
  .requiredOption('--pbx <id>', 'PBX of dutyline.yaml that has a history')
  .requiredOption('--from <time>', '"2026-11-23 08:00" in the zone of the office, or a day')
  .requiredOption('--to <time>', 'in the same form')
  .option('--json', 'say the result as JSON')
  .option(...CONFIG)
  .action(async (options: Common & BackfillOptions) => {
    const { backfillNow } = await import('./history.ts');
    await onSound(options, (store, config) => backfillNow(store, config, options));
  });

program
  .command('backup <file>')
  .description('write the whole database to a file, while the service runs')
  .option('--replace', 'overwrite an existing file')
  .option('--json', 'say the result as JSON')
  .option(...CONFIG)
  .action(async (file: string, options: Common & { readonly replace?: boolean; readonly json?: boolean }) => {
    const { configOf } = await import('./office-store.ts');
    const { backUp } = await import('./backup.ts');
    const { replace = false, json = false } = options;
    await backUp(configOf(options.config, 'unneeded'), file, { replace, json });
  });

program
  .command('restore <file>')
  .description('fill an empty database from such a file')
  .option('--json', 'say the result as JSON')
  .option(...CONFIG)
  .action(async (file: string, options: Common & { readonly json?: boolean }) => {
    const { configOf } = await import('./office-store.ts');
    const { restoreFrom } = await import('./backup.ts');
    await restoreFrom(configOf(options.config, 'unneeded'), file, { json: options.json ?? false });
  });

interface AddOptions {
  readonly role: string;
  readonly name?: string;
  readonly unit?: string;
  readonly person?: string;
  readonly generate?: boolean;
}

function secondsOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new CommandRefused('--seconds takes a whole number of seconds.');
  return Number(text);
}

type Use = (store: Store, config: Config) => Promise<void>;

/** For commands that talk to the database only: they run without the passwords of the PBXs. */
const onStore = (options: Common, use: Use) => onOffice(options, 'unneeded', use);
const onSound = (options: Common, use: Use) => onOffice(options, 'needed', use);

async function onOffice({ config: folder }: Common, secrets: 'needed' | 'unneeded', use: Use): Promise<void> {
  const { configOf, withStore } = await import('./office-store.ts');
  const config = configOf(folder, secrets);
  await withStore(config, (store) => use(store, config));
}

// `dutyline explain … | head`: a reader that has seen enough is no fault.
process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
  if (failure.code !== 'EPIPE') throw failure;
  process.exit(0);
});

try {
  await program.parseAsync();
} catch (failure) {
  if (!(failure instanceof CommandRefused)) throw failure;
  remark(failure.message);
  process.exitCode = 1;
}
