import type { AsteriskMajor } from '../asterisk-prefix.ts';
import type { DialplanName } from '../office-config.ts';
import { BEFORE_ANSWER } from './before-answer.ts';
import { FORGERS } from './forgers.ts';
import { FORWARDING } from './forwarding.ts';
import { FREEPBX_INBOUND } from './freepbx-inbound.ts';
import { FREEPBX_PHONES } from './freepbx-phones.ts';
import { GROUPS } from './groups.ts';
import { INBOUND } from './inbound.ts';
import { INBOUND_UNANSWERED } from './inbound-unanswered.ts';
import { OUTBOUND } from './outbound.ts';
import type { Story } from './story.ts';
import { TRANSFERS } from './transfers.ts';

/** Every story there is; names are unique. */
export const STORIES: readonly Story[] = [
  ...INBOUND,
  ...INBOUND_UNANSWERED,
  ...OUTBOUND,
  ...TRANSFERS,
  ...GROUPS,
  ...BEFORE_ANSWER,
  ...FORWARDING,
  ...FORGERS,
  ...FREEPBX_INBOUND,
  ...FREEPBX_PHONES,
];

/**
 * The stories of one office: all on 22, the core ones on 16; FreePBX 17 runs on 22, FreePBX 16 on 16.
 *
 * FreePBX 16 cannot run on 22: its dialplan is made of `Macro()`, and Asterisk has no app_macro from 21 on (FreePBX 16 itself is
 * for 16 to 20). `bed.test.ts` asks both.
 */
export function storiesFor(version: AsteriskMajor, dialplan: DialplanName): readonly Story[] {
  const kind = dialplan === 'plain' ? 'plain' : 'freepbx';
  return STORIES.filter(
    (story) =>
      story.dialplan === kind && (version === 22 || story.core) && (story.only ?? version) === version,
  );
}

/** The offices in which all stories take place. */
export const STAGES: readonly { readonly version: AsteriskMajor; readonly dialplan: DialplanName }[] = [
  { version: 22, dialplan: 'plain' },
  { version: 16, dialplan: 'plain' },
  { version: 22, dialplan: 'freepbx17' },
  { version: 16, dialplan: 'freepbx16' },
];
