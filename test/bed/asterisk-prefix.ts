import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { prepareAsterisk } from '../../scripts/asterisk.mjs';

/** The Debian builds the tests run against. */
export type AsteriskMajor = 22 | 16;

/** How to start the Asterisk of a prefix, and where its parts are. */
export interface AsteriskProgram {
  readonly major: AsteriskMajor;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly modules: string;
  readonly data: string;
}

/**
 * Finds (or fetches, 30 s once) the Asterisk of a major version and says how to run it. It runs through the
 * prefix's own ld-linux, because the host's libc is older than the one it was built with.
 */
export async function asteriskProgram(major: AsteriskMajor): Promise<AsteriskProgram> {
  const { prefix } = await prepareAsterisk(major);
  const folder = (name: string) => join(prefix, name);
  const multiarch = readdirSync(folder('usr/lib')).find((name) => name.endsWith('-linux-gnu'));
  if (multiarch === undefined) throw new Error(`asterisk ${major}: no library folder in the prefix`);
  const libraries = [`lib/${multiarch}`, `usr/lib/${multiarch}`, 'usr/lib']
    .map(folder)
    .filter((path) => existsSync(path));
  // bullseye keeps its modules in /usr/lib/asterisk, sid in the multiarch folder.
  const modules = [`usr/lib/${multiarch}/asterisk/modules`, 'usr/lib/asterisk/modules']
    .map(folder)
    .find((path) => existsSync(path));
  const loader = libraries.flatMap((path) =>
    readdirSync(path)
      .filter((name) => /^ld-linux.*\.so\.\d$/.test(name))
      .map((name) => join(path, name)),
  )[0];
  if (modules === undefined || loader === undefined)
    throw new Error(`asterisk ${major}: the prefix is not complete; delete it and run again`);
  return {
    major,
    command: loader,
    args: ['--library-path', libraries.join(':'), folder('usr/sbin/asterisk')],
    // func_iconv and the GBK names need the prefix's converters, not the host's.
    env: {
      GCONV_PATH: join(prefix, `usr/lib/${multiarch}/gconv`),
      PATH: process.env.PATH ?? '/usr/bin:/bin',
    },
    modules,
    data: folder('usr/share/asterisk'),
  };
}
