/**
 * The table of what stands in the settings of a PBX, found without a call: ringback set-ups of `telephony.md` §5 (`r(tone)`
 * among them, which no call event tells), ways to a trunk, and forwards kept in AstDB (§4 b, follow-me).
 */
import { DID, OUTSIDE } from '../bed/numbers.ts';
import type { DialplanName } from '../bed/office-config.ts';
import type { Expected } from './live-cases.ts';
import { MORE } from './more-numbers.ts';

export interface SettingCase {
  /** Also the id of the line that has this number. */
  readonly name: string;
  readonly did: string;
  /** Its phones; those of every line of the bed when absent. */
  readonly phones?: readonly string[];
  /** AstDB entries, `family/key`, set before the PBX is looked at a second time. */
  readonly database?: Readonly<Record<string, string>>;
  readonly expected: readonly Expected[];
}

const { mobile } = OUTSIDE;

const place = (
  kind: 'dialplan-sound' | 'dialplan-trunk',
  where: Readonly<Record<string, unknown>>,
): Expected => ({
  ...{ kind, scope: 'always' },
  evidence: { by: 'dialplan', ...where },
});
const line = (did: string, priority: string, application: string, data: string | RegExp) => ({
  ...{ context: 'from-telco', extension: did, priority, application, data },
});
const setting = (scope: Expected['scope'], key: string, value: string, phone: string): Expected => ({
  ...{ kind: 'forward-setting', scope },
  evidence: { by: 'setting', key, value, target: 'mobile', phone: `PJSIP/${phone}` },
});

const PLAIN: readonly SettingCase[] = [
  { name: 'plain-dial', did: DID.recordedByDialplan, expected: [] },
  { name: 'ring-group', did: DID.ringGroup, expected: [] },
  { name: 'queue-r', did: DID.queueRings, expected: [] },
  { name: 'local', did: DID.local, expected: [] },
  { name: 'dial-r', did: MORE.rings, expected: [] },
  {
    ...{ name: 'dial-m', did: DID.dialMusic },
    expected: [place('dialplan-sound', line(DID.dialMusic, '1', 'Dial', 'PJSIP/1001,20,m(crbt)'))],
  },
  {
    ...{ name: 'dial-r-tone', did: MORE.ownTone },
    expected: [place('dialplan-sound', line(MORE.ownTone, '1', 'Dial', 'PJSIP/1001,20,r(crbt)'))],
  },
  {
    ...{ name: 'answer-playback', did: DID.answerAnnouncement },
    expected: [
      place('dialplan-sound', line(DID.answerAnnouncement, '1', 'Answer', '')),
      place('dialplan-sound', line(DID.answerAnnouncement, '2', 'Playback', /welcome$/)),
    ],
  },
  {
    ...{ name: 'progress-playback', did: DID.earlyAnnouncement },
    expected: [place('dialplan-sound', line(DID.earlyAnnouncement, '2', 'Playback', /welcome,noanswer$/))],
  },
  {
    ...{ name: 'queue-music', did: DID.queueMusic },
    expected: [place('dialplan-sound', line(DID.queueMusic, '2', 'Queue', 'duty,t,,,40'))],
  },
  {
    ...{ name: 'simultaneous', did: DID.simultaneous },
    expected: [
      place('dialplan-trunk', { context: 'from-telco', extension: DID.simultaneous, priority: '1' }),
    ],
  },
  {
    ...{ name: 'sequential', did: DID.sequential },
    expected: [
      {
        ...{ kind: 'dialplan-trunk', scope: 'no-answer' },
        evidence: { by: 'dialplan', context: 'from-telco', extension: DID.sequential, priority: '2' },
      },
    ],
  },
  {
    ...{ name: 'astdb', did: DID.direct },
    database: { 'CF/1001': `9${mobile}`, 'CFU/1002': `9${mobile}`, 'CFB/1003': `9${mobile}` },
    expected: [
      setting('always', 'CF/1001', `9${mobile}`, '1001'),
      setting('no-answer', 'CFU/1002', `9${mobile}`, '1002'),
      setting('busy', 'CFB/1003', `9${mobile}`, '1003'),
    ],
  },
];

const FREEPBX: readonly SettingCase[] = [
  { name: 'ring-group', did: DID.ringGroup, expected: [] },
  { name: 'queue-rings', did: DID.queueRings, expected: [] },
  {
    ...{ name: 'queue-music', did: DID.queueMusic },
    expected: [place('dialplan-sound', { context: 'ext-queues', extension: '500', application: 'Queue' })],
  },
  {
    ...{ name: 'group-music', did: DID.dialMusic },
    expected: [place('dialplan-sound', { context: 'ext-group', extension: '601' })],
  },
  {
    ...{ name: 'announcement', did: DID.answerAnnouncement },
    expected: [
      place('dialplan-sound', { application: 'Answer' }),
      place('dialplan-sound', { application: 'Playback' }),
    ],
  },
  {
    ...{ name: 'astdb', did: DID.direct, phones: ['PJSIP/1001', 'PJSIP/1002'] },
    database: { 'CF/1001': `9${mobile}`, 'CFU/1002': `9${mobile}`, 'CFB/1002': `9${mobile}` },
    expected: [
      setting('always', 'CF/1001', `9${mobile}`, '1001'),
      setting('no-answer', 'CFU/1002', `9${mobile}`, '1002'),
      setting('busy', 'CFB/1002', `9${mobile}`, '1002'),
    ],
  },
  {
    ...{ name: 'follow-me', did: DID.followMe, phones: ['PJSIP/1003'] },
    database: {
      'AMPUSER/1003/followme/grplist': `1003-9${mobile}#`,
      'AMPUSER/1003/followme/ddial': 'DIRECT',
    },
    expected: [
      {
        ...{ kind: 'forward-setting', scope: 'always' },
        evidence: { by: 'setting', key: 'AMPUSER/1003/followme/grplist', target: 'mobile' },
      },
    ],
  },
];

export function settingCases(dialplan: DialplanName): readonly SettingCase[] {
  return dialplan === 'plain' ? PLAIN : FREEPBX;
}
