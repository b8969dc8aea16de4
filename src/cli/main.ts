/**
 * The command `dutyline`. Only user of commander; each command's work stands in a file of its own, which is loaded when the
 * command runs: help and `explain` must not need a database.
 */
import { Command } from 'commander';
import { ROLES } from '../accounts/access.ts';
import type { Config } from '../config/config.ts';
import type { Store } from '../storage/store.ts';
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

interface AddOptions {
  readonly role: string;
  readonly name?: string;
  readonly unit?: string;
  readonly person?: string;
  readonly generate?: boolean;
}

/** These commands talk to the database only, so they run without the passwords of the PBXs. */
async function onStore(options: Common, use: (store: Store, config: Config) => Promise<void>): Promise<void> {
  const { configOf, withStore } = await import('./office-store.ts');
  const config = configOf(options.config, 'unneeded');
  await withStore(config, (store) => use(store, config));
}

try {
  await program.parseAsync();
} catch (failure) {
  if (!(failure instanceof CommandRefused)) throw failure;
  remark(failure.message);
  process.exitCode = 1;
}
