import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modulesConf } from './asterisk-modules.ts';
import type { AsteriskProgram } from './asterisk-prefix.ts';

/** The folders of one instance, all below one temporary folder. */
export interface InstanceFolders {
  readonly root: string;
  readonly etc: string;
  readonly lib: string;
  readonly run: string;
  readonly log: string;
  readonly spool: string;
  /** Where MixMonitor of the dialplan and of AMI writes. */
  readonly recordings: string;
}

/** Makes the folders of an instance below `root`. */
export function makeFolders(root: string): InstanceFolders {
  const folder = (name: string) => {
    const path = join(root, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const log = folder('log');
  folder('log/cdr-csv');
  folder('log/cel-custom');
  folder('lib/keys');
  const spool = folder('spool');
  return {
    root,
    etc: folder('etc'),
    lib: folder('lib'),
    run: folder('run'),
    log,
    spool,
    recordings: folder('spool/monitor'),
  };
}

/** Writes one configuration file of the instance. */
export function writeConf(folders: InstanceFolders, name: string, text: string): void {
  writeFileSync(join(folders.etc, name), text);
}

/** Writes the files every instance needs, whatever its part: folders, modules, logs, CDR, CEL, RTP, tones. */
export function writeCommonConf(program: AsteriskProgram, folders: InstanceFolders, address: string): void {
  for (const [name, text] of Object.entries(commonFiles(program, folders, address)))
    writeConf(folders, name, text);
}

function commonFiles(
  program: AsteriskProgram,
  folders: InstanceFolders,
  address: string,
): Record<string, string> {
  return {
    'asterisk.conf': `[directories]
astetcdir => ${folders.etc}
astmoddir => ${program.modules}
astvarlibdir => ${folders.lib}
astdbdir => ${folders.lib}
astkeydir => ${folders.lib}
astdatadir => ${program.data}
astagidir => ${folders.lib}
astspooldir => ${folders.spool}
astrundir => ${folders.run}
astlogdir => ${folders.log}
[options]
hideconnect = yes
documentation_language = en_US
`,
    'modules.conf': modulesConf(program.major),
    'logger.conf': `[general]
dateformat = %F %T.%3q
[logfiles]
messages => notice,warning,error
`,
    'cdr.conf': `[general]
enable = yes
unanswered = yes
congestion = yes
[csv]
usegmtime = no
loguniqueid = yes
loguserfield = yes
newcdrcolumns = yes
`,
    'cdr_manager.conf': `[general]
enabled = yes
[mappings]
linkedid => LinkedID
sequence => Sequence
did => DID
`,
    'cel.conf': `[general]
enable = yes
apps = dial,park,queue,voicemail,mixmonitor
events = ALL
[manager]
enabled = yes
`,
    // What we ship: the product's own reader reads what a real Asterisk writes by it.
    'cel_custom.conf': readFileSync(
      join(import.meta.dirname, '../../config/asterisk/cel_custom.conf'),
      'utf8',
    ),
    'rtp.conf': `[general]
rtpstart = 10000
rtpend = 20000
icesupport = no
strictrtp = no
`,
    'indications.conf': `[general]
country = cn
[cn]
description = China
ringcadence = 1000,4000
dial = 450
ring = 450/1000,0/4000
busy = 450/350,0/350
congestion = 450/700,0/700
callwaiting = 450/400,0/4000
`,
    'queuerules.conf': '',
    'smdi.conf': '',
    'udptl.conf': '[general]\n',
    'acl.conf': '',
    'ccss.conf': '[general]\n',
    'stasis.conf': '',
    'pjproject.conf': '',
    'sorcery.conf': '',
    'http.conf': '[general]\nenabled = no\n',
    'features.conf': `[general]
featuredigittimeout = 1500
transferdigittimeout = 2
atxfernoanswertimeout = 15
pickupexten = *8
[featuremap]
blindxfer => #1
atxfer => *2
`,
    'voicemail.conf': `[general]
format = wav
maxsecs = 60
[default]
1001 => 1234,Duty
1002 => 1234,Second
1003 => 1234,Third
`,
    'manager.conf': `[general]\nenabled = no\nbindaddr = ${address}\n`,
    'musiconhold.conf': '',
  };
}
