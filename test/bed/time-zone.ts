import { writeFileSync } from 'node:fs';

/** A program and its arguments. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * The same command in a time zone of its own, `secondsEast` of UTC all year. Asterisk (16 and 22) reads `/etc/localtime` and
 * nothing else, not `TZ`: so the process is given a view of the disk in which another file stands there. The process keeps its
 * id, and needs no rights for it. `file` is where the zone is written.
 */
export function inTimeZone({ command, args }: Command, secondsEast: number, file: string): Command {
  writeFileSync(file, zoneFile(secondsEast));
  const swap = 'mount --bind "$0" /etc/localtime && exec "$@"';
  return {
    command: 'unshare',
    args: ['--map-root-user', '--mount', 'sh', '-c', swap, file, command, ...args],
  };
}

/** A time zone file (TZif, RFC 8536, version 1) of one offset that never changes. */
function zoneFile(secondsEast: number): Buffer {
  const file = Buffer.alloc(44 + 6 + 4);
  file.write('TZif', 0, 'latin1');
  // One kind of time, its name of four bytes.
  file.writeUInt32BE(1, 36);
  file.writeUInt32BE(4, 40);
  file.writeInt32BE(secondsEast, 44);
  file.write('BED\0', 50, 'latin1');
  return file;
}
