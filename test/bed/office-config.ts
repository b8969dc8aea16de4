import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstanceFolders } from './asterisk-config.ts';
import type { AsteriskMajor } from './asterisk-prefix.ts';
import { musicLike, speechLike } from './g711.ts';
import { DID } from './numbers.ts';
import { wavFile } from './wav-file.ts';

export type DialplanName = 'plain' | 'freepbx17' | 'freepbx16';

/** Where everything of one office stands on its loopback block. */
export interface OfficePlan {
  readonly major: AsteriskMajor;
  readonly dialplan: DialplanName;
  readonly pbx: string;
  readonly carrier: string;
  readonly telco: string;
  readonly telco2: string;
  readonly snippet: boolean;
}

/** Extensions with a phone; 1009 exists but never registers. */
export const PHONES = ['1001', '1002', '1003', '1004'] as const;

/** The configuration files of the office's PBX, and its sounds on disk. */
export function officeFiles(plan: OfficePlan, folders: InstanceFolders): Readonly<Record<string, string>> {
  const sounds = writeSounds(folders);
  const isPlain = plan.dialplan === 'plain';
  const globals = [
    '[globals]',
    'TELCO=telco',
    'TELCO2=telco2',
    `SOUNDS=${sounds}`,
    `RECORDINGS=${folders.recordings}`,
    ...(isPlain ? [`TRUNK_OPTIONS=${plan.snippet ? 'U(dutyline-record-leg)' : ''}`] : []),
    ...(isPlain ? [`PHONE_OPTIONS=${plan.snippet ? FOR_TRANSFERS : ''}`] : []),
    '',
    ...(plan.snippet ? [snippet(plan.dialplan, folders.recordings)] : []),
  ].join('\n');
  const written = readFileSync(new URL(`dialplan/${plan.dialplan}.conf`, import.meta.url), 'utf8');
  // FreePBX: in the GUI, "Asterisk Dial Options".
  const dialplan = plan.snippet ? written.replace(/^DIAL_OPTIONS=.*$/m, `$&${FOR_TRANSFERS}`) : written;
  return {
    'extensions.conf': `[general]\nstatic=yes\nwriteprotect=yes\n${globals}\n${dialplan}`,
    'pjsip.conf': pjsipConf(
      plan,
      isPlain
        ? { phones: 'internal', trunks: plan.snippet ? 'from-telco-recorded' : 'from-telco' }
        : { phones: 'from-internal', trunks: 'from-pstn' },
    ),
    'queues.conf': isPlain ? PLAIN_QUEUES : FREEPBX_QUEUES,
    'musiconhold.conf': ['default', 'crbt']
      .map((name) => `[${name}]\nmode=files\ndirectory=${join(sounds, name)}\n`)
      .join('\n'),
    'res_parking.conf': parkingConf(
      isPlain ? { extension: '700', slots: '701-720' } : { extension: '70', slots: '71-78' },
    ),
    'followme.conf': FOLLOW_ME,
  };
}

/** The include file we ship, installed as its head says: before the dialplan, so that what it defines wins. */
function snippet(dialplan: DialplanName, recordings: string): string {
  const shipped = readFileSync(
    new URL('../../config/asterisk/extensions-dutyline.conf', import.meta.url),
    'utf8',
  ).replaceAll('/var/spool/asterisk/monitor', recordings);
  if (dialplan === 'plain') return `${shipped}${RECORDED_TRUNK}`;
  const [head = '', section = ''] = shipped.split(/(?=^; ---- FreePBX only)/m);
  const lines = section.split('\n').map((line) => line.replace(/^;(\[|exten| same)/, '$1'));
  const pair = (did: string) => [
    `exten => ${did},1,Gosub(dutyline-record,s,1)`,
    ` same => n,Goto(ext-did,\${EXTEN},1)`,
  ];
  const ours = Object.values(DID).filter((did) => did !== DID.direct && did !== DID.notOurs);
  const after = lines.findIndex((line) => line.includes('Goto(ext-did,')) + 1;
  return [head, ...lines.slice(0, after), ...ours.flatMap(pair), ...lines.slice(after)].join('\n');
}

const FOR_TRANSFERS = 'U(dutyline-also)';

/** Stands for the first step of every duty number, which the plain dialplan does not have. */
const RECORDED_TRUNK = `[from-telco-recorded]
exten => _X.,1,Gosub(dutyline-record,s,1)
 same => n,Goto(from-telco,\${EXTEN},1)
`;

function writeSounds(folders: InstanceFolders): string {
  const sounds = join(folders.root, 'sounds');
  for (const name of ['default', 'crbt']) mkdirSync(join(sounds, name), { recursive: true });
  writeFileSync(join(sounds, 'welcome.wav'), wavFile(speechLike(1.5)));
  writeFileSync(join(sounds, 'default', 'waiting.wav'), wavFile(musicLike(8)));
  writeFileSync(join(sounds, 'crbt', 'ringback.wav'), wavFile(musicLike(8)));
  return sounds;
}

function pjsipConf(plan: OfficePlan, contexts: { phones: string; trunks: string }): string {
  const media = [
    `media_address=${plan.pbx}`,
    'bind_rtp_to_media_address=yes',
    'disallow=all',
    'allow=alaw',
    'direct_media=no',
  ];
  const phone = (user: string) => [
    `[${user}]`,
    'type=endpoint',
    `context=${contexts.phones}`,
    ...media,
    `auth=${user}`,
    `aors=${user}`,
    `callerid="${user}" <${user}>`,
    'send_connected_line=yes',
    'trust_id_inbound=yes',
    'mailboxes=',
    `[${user}]`,
    'type=auth',
    'auth_type=userpass',
    `username=${user}`,
    `password=pw-${user}`,
    `[${user}]`,
    'type=aor',
    'max_contacts=2',
    'remove_existing=no',
  ];
  const trunk = (name: string, address: string) => [
    `[${name}]`,
    'type=endpoint',
    `context=${contexts.trunks}`,
    ...media,
    `aors=${name}`,
    'trust_id_inbound=yes',
    'send_pai=yes',
    `[${name}]`,
    'type=aor',
    `contact=sip:${address}:5060`,
    `[${name}]`,
    'type=identify',
    `endpoint=${name}`,
    `match=${address}`,
  ];
  /** Another provider's line: calls leave by it, and come back by the trunk of the number that was called. */
  const wayOut = (name: string, address: string) => trunk(name, address).slice(0, -IDENTIFY_LINES);
  return [
    '[global]',
    'type=global',
    plan.dialplan === 'plain'
      ? 'user_agent=DutyLine test PBX'
      : `user_agent=FPBX-${plan.dialplan.slice(-2)}.0(${plan.major})`,
    '[udp]',
    'type=transport',
    'protocol=udp',
    `bind=${plan.pbx}:5060`,
    ...[...PHONES, '1009'].flatMap(phone),
    ...trunk('telco', plan.telco),
    ...trunk('telco2', plan.telco2),
    ...trunk('carrier', plan.carrier),
    ...wayOut('out1', plan.carrier),
    ...wayOut('out2', plan.carrier),
    '',
  ].join('\n');
}

/** Of `trunk`: `[name]`, `type=identify`, `endpoint=`, `match=`. */
const IDENTIFY_LINES = 4;

function parkingConf(lot: { extension: string; slots: string }): string {
  return `[general]\n[default]\nparkext => ${lot.extension}\nparkpos => ${lot.slots}\ncontext => parkedcalls\nparkingtime => 45\nfindslot => first\n`;
}

const QUEUE = `strategy = ringall
timeout = 15
retry = 1
ringinuse = no
autofill = yes
joinempty = yes
leavewhenempty = no
musicclass = default
`;

const PLAIN_QUEUES = `[general]
[duty]
${QUEUE}member => PJSIP/1001
member => PJSIP/1002
[empty]
${QUEUE}`;

// FreePBX's members are Local channels, kept (/n), watched through the extension's hint.
const FREEPBX_QUEUES = `[general]
[500]
${QUEUE}member => Local/1001@from-queue/n,0,"1001",hint:1001@ext-local
member => Local/1002@from-queue/n,0,"1002",hint:1002@ext-local
`;

const FOLLOW_ME = `[general]
featuredigittimeout => 5000
enable_callee_prompt => no
[1001]
context => internal
number => 1001,3
number => 13900001111,20
`;
