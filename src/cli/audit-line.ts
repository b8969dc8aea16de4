/** `dutyline audit-line`: what the settings of one line's PBX say against it, without placing a call. */

import { setTimeout as delay } from 'node:timers/promises';
import { type AmiManager, createAmiManager, DEFAULT_TIMING } from '../asterisk/control/ami-manager.ts';
import { createControlSession } from '../asterisk/control/control-session.ts';
import type { Config, PbxConfig } from '../config/config.ts';
import { pbxSetups } from '../config/load-config.ts';
import type { LineAudit } from '../diagnosis/line-audit.ts';
import { TOPIC_OF_RULE } from '../diagnosis/setting-suspicion.ts';
import { lineText, placeText, sentenceOf } from '../diagnosis/setting-words.ts';
import { rulesOfLine } from '../diagnosis/watch-rules.ts';
import type { Office, OfficeLine } from '../duty/office.ts';
import { auditLine } from '../service/audit-line.ts';
import { CommandRefused, print, shown } from './terminal.ts';

/** 0: nothing found. 1: suspicions. 2: nothing found, but not everything could be read. */
export type AuditCode = 0 | 1 | 2;

/** `name` is the id of a line, or its published number. Prints the audit; resolves to the exit code. */
export async function auditLineNow(
  config: Config,
  office: Office,
  name: string,
  { json }: { readonly json: boolean },
): Promise<AuditCode> {
  const line = lineOf(office, name);
  const pbx = config.pbxs.find(({ id }) => id === line.pbx);
  const setup = pbxSetups(config, office).find((one) => one.pbx === line.pbx);
  if (pbx === undefined || setup === undefined)
    throw new CommandRefused(`Line "${line.id}" is on PBX "${line.pbx}", which dutyline.yaml does not have.`);
  const approvedSounds = rulesOfLine(config.watch, line.id).approvedSounds;
  const manager = await logIn(pbx);
  try {
    const audit = await auditLine(
      { line, setup, contexts: pbx.inboundContexts, approvedSounds },
      createControlSession(manager),
    );
    if (json) print(JSON.stringify(asJson(line, audit), null, 2));
    else for (const text of auditLines(line, audit)) print(shown(text));
    return codeOf(audit);
  } finally {
    await manager.stop();
  }
}

function lineOf({ lines }: Office, name: string): OfficeLine {
  const digits = (number: string) => number.replaceAll(/\D/g, '');
  const line =
    lines.find(({ id }) => id === name) ??
    lines.find(({ number, dids }) => number === name || dids.includes(name)) ??
    lines.find(({ number }) => digits(name) !== '' && digits(number) === digits(name));
  if (line !== undefined) return line;
  throw new CommandRefused(`There is no line "${name}"; known: ${lines.map(({ id }) => id).join(', ')}.`);
}

/** Resolves once the control log-in stands; refuses with the reason why it does not. */
async function logIn(pbx: PbxConfig): Promise<AmiManager> {
  if (pbx.control === null)
    throw new CommandRefused(`PBX "${pbx.id}" has no control account (pbxs[].control): nobody may ask it.`);
  const { host, port, tls, control, timeouts } = pbx;
  const manager = createAmiManager(
    { host, port, tls, username: control.username, secret: control.secret.reveal() },
    () => undefined,
    { ...DEFAULT_TIMING, connectWithinMs: timeouts.connectMs, answerWithinMs: timeouts.answerMs },
  );
  for (;;) {
    const link = manager.state();
    if (link.state === 'up') return manager;
    if (link.state === 'down') {
      await manager.stop();
      throw new CommandRefused(`${pbx.id}: ${link.trouble.en}`);
    }
    await delay(20);
  }
}

function codeOf({ suspicions, unreadable }: LineAudit): AuditCode {
  if (suspicions.length > 0) return 1;
  return unreadable.some(({ blocks }) => blocks) ? 2 : 0;
}

const MARKS = { forwarding: '呼转', ringback: '彩铃', answering: '接听' } as const;

function auditLines(line: OfficeLine, { suspicions, unreadable, looked }: LineAudit): readonly string[] {
  const entries = looked.entries.map(({ context, extension }) => `[${context}] ${extension}`).join(', ');
  const phones = looked.phones.map(({ endpoint, state }) => `${endpoint} ${state ?? 'unknown'}`).join(', ');
  return [
    `line ${line.id} (${line.number}) on PBX ${line.pbx}; calls arrive at ${entries}`,
    `phones: ${phones || 'none'}`,
    ...suspicions.flatMap((suspicion) => [
      `${MARKS[TOPIC_OF_RULE[suspicion.rule]]}  ${sentenceOf(suspicion).en}`,
      `      at  ${placeText(suspicion.place)}`,
      ...(suspicion.place.kind === 'dialplan'
        ? suspicion.place.path.map((passed) => `      via ${lineText(passed)}`)
        : []),
    ]),
    ...unreadable.map(({ blocks, en }) => `${blocks ? 'UNREAD' : 'note'}  ${en}`),
    `${suspicions.length} found; read ${looked.contexts} contexts and ${looked.keys} AstDB keys, walked ${looked.steps} steps.`,
  ];
}

function asJson(line: OfficeLine, { suspicions, unreadable, looked }: LineAudit): unknown {
  return {
    line: line.id,
    number: line.number,
    pbx: line.pbx,
    suspicions: suspicions.map((suspicion) => ({
      topic: TOPIC_OF_RULE[suspicion.rule],
      ...suspicion,
      ...sentenceOf(suspicion),
    })),
    unreadable,
    looked,
  };
}
