/**
 * The table of what only a probe finds: forwards at the carrier, which our own PBX never sees, what the network says of them
 * (`telephony.md` §4 f), and forwards of our own PBX met by a probe. Each is placed for real over a carrier's Asterisk.
 */
import type { Scope } from '../../src/diagnosis/suspicion.ts';
import { musicLike } from '../bed/g711.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import type { Office } from '../bed/office.ts';
import { answerAfter, busy, redirectTo, ringForEver } from '../bed/sip-behaviour.ts';
import type { Expected } from './live-cases.ts';

/** Lines that are probed, with their number. */
export const PROBED = {
  line: DID.direct,
  forwarding: DID.forwarding,
  together: DID.simultaneous,
  phone1003: DID.phone1003,
  music: DID.dialMusic,
  announcement: DID.earlyAnnouncement,
} as const;

export interface ArrivalCase {
  readonly what: string;
  readonly line: keyof typeof PROBED;
  readonly scope: Scope;
  readonly prepare: (office: Office) => Promise<void> | void;
  /** What the finding rests on; empty: nothing may be found. */
  readonly expected: readonly Expected[];
}

const { mobile } = OUTSIDE;

async function atCarrier({ carrier }: Office, entries: Readonly<Record<string, string>>): Promise<void> {
  for (const [Family, Val] of Object.entries(entries))
    await carrier?.pbx.manage({ Action: 'DBPut', Family, Key: DID.direct, Val });
}

/** Takes back whatever a case set at the carrier. */
export async function clearCarrier({ carrier }: Office): Promise<void> {
  for (const Family of ['ALWAYS', 'NOANSWER', 'BUSY', 'SAYS'])
    await carrier?.pbx.manage({ Action: 'DBDel', Family, Key: DID.direct });
  carrier?.subscriber.behave(answerAfter(300));
}

const rings = (office: Office) => office.phones[1001].behave(ringForEver);

function byProbe(kind: Expected['kind'], scope: Scope, evidence: Expected['evidence']): Expected {
  return { kind, scope, evidence: { by: 'probe', ...evidence } };
}

function leftHere(way: string, scope: Scope = 'always'): Expected {
  const evidence = { by: 'call', what: 'left', to: mobile, trunk: 'PJSIP/telco', target: 'mobile', way };
  return { kind: 'left-premises', scope, evidence };
}

const NOT_ARRIVED = byProbe('probe-not-arrived', 'always', { arrived: false });

export const ARRIVAL_CASES: readonly ArrivalCase[] = [
  {
    what: '无条件 at the carrier, answered',
    ...{ line: 'line', scope: 'always' },
    prepare: (office) => atCarrier(office, { ALWAYS: mobile }),
    expected: [NOT_ARRIVED],
  },
  {
    what: '无条件 at the carrier, rings on',
    ...{ line: 'line', scope: 'always' },
    prepare(office) {
      office.carrier?.subscriber.behave(ringForEver);
      return atCarrier(office, { ALWAYS: mobile });
    },
    expected: [NOT_ARRIVED],
  },
  {
    what: '无条件 at the carrier, music in place of ringing',
    ...{ line: 'line', scope: 'always' },
    prepare(office) {
      office.carrier?.subscriber.behave((call) => call.earlySound(musicLike(8)));
      return atCarrier(office, { ALWAYS: mobile });
    },
    expected: [NOT_ARRIVED, byProbe('heard-music', 'always', { heard: 'music' })],
  },
  {
    what: '无应答 at the carrier',
    ...{ line: 'line', scope: 'no-answer' },
    prepare(office) {
      rings(office);
      return atCarrier(office, { NOANSWER: mobile });
    },
    expected: [byProbe('probe-not-arrived', 'no-answer', { arrived: true })],
  },
  {
    what: '遇忙 at the carrier',
    ...{ line: 'line', scope: 'busy' },
    prepare(office) {
      rings(office);
      return atCarrier(office, { BUSY: mobile });
    },
    expected: [byProbe('probe-not-arrived', 'busy', { arrived: false })],
  },
  {
    what: '§4 f, the carrier says 181',
    ...{ line: 'line', scope: 'always' },
    prepare(office) {
      office.carrier?.subscriber.behave(answerAfter(2_500));
      return atCarrier(office, { ALWAYS: mobile, SAYS: '181' });
    },
    expected: [
      byProbe('probe-not-arrived', 'always', { arrived: false, passedOn: { sign: '181', number: null } }),
    ],
  },
  {
    what: "§4 f', the carrier names the mobile",
    ...{ line: 'line', scope: 'always' },
    prepare(office) {
      const named = [['P-Asserted-Identity', `<sip:${mobile}@mobile.test>`]] as const;
      office.carrier?.subscriber.behave((call) => {
        call.ring(180, named);
        call.after(2_500, () => call.answer(named));
      });
      return atCarrier(office, { ALWAYS: mobile, SAYS: 'connected' });
    },
    expected: [
      byProbe('probe-not-arrived', 'always', {
        ...{ arrived: false, passedOn: { sign: 'connected', number: mobile } },
      }),
    ],
  },
  {
    what: "§4 f'', the carrier says 302",
    ...{ line: 'line', scope: 'always' },
    prepare: (office) => atCarrier(office, { ALWAYS: mobile, SAYS: '302' }),
    expected: [
      byProbe('probe-passed-on', 'always', { arrived: false, passedOn: { sign: '302', number: mobile } }),
    ],
  },
  {
    what: 'our PBX: CF',
    ...{ line: 'forwarding', scope: 'always' },
    prepare: (office) => office.setDb('CF', '1001', `9${mobile}`),
    expected: [leftHere('instead')],
  },
  {
    what: 'our PBX: CFU',
    ...{ line: 'forwarding', scope: 'no-answer' },
    async prepare(office) {
      rings(office);
      await office.setDb('CFU', '1001', `9${mobile}`);
    },
    expected: [leftHere('after', 'no-answer')],
  },
  {
    what: 'our PBX: CFB',
    ...{ line: 'forwarding', scope: 'always' },
    async prepare(office) {
      office.phones[1001].behave(busy);
      await office.setDb('CFB', '1001', `9${mobile}`);
    },
    expected: [leftHere('after', 'busy')],
  },
  {
    what: 'our PBX: 302 of the phone',
    ...{ line: 'phone1003', scope: 'always' },
    prepare: (office) => office.phones[1003].behave(redirectTo(mobile)),
    expected: [leftHere('phone-forward')],
  },
  {
    what: 'our PBX: phone and mobile together',
    ...{ line: 'together', scope: 'always' },
    prepare: rings,
    expected: [leftHere('together')],
  },
  {
    what: 'our PBX: Dial m(class)',
    ...{ line: 'music', scope: 'always' },
    prepare: rings,
    expected: [
      { kind: 'music-before-answer', scope: 'always', evidence: { by: 'call', what: 'sound' } },
      byProbe('heard-music', 'always', { heard: 'music' }),
    ],
  },
  {
    what: 'our PBX: announcement before the phone rings',
    ...{ line: 'announcement', scope: 'always' },
    prepare: rings,
    expected: [
      {
        kind: 'announcement-before-answer',
        scope: 'always',
        evidence: { by: 'call', what: 'sound', sound: /welcome$/ },
      },
      byProbe('heard-speech', 'always', { heard: 'speech' }),
    ],
  },
  { what: 'clean: rings to the end', ...{ line: 'line', scope: 'always' }, prepare: rings, expected: [] },
  { what: 'clean: picked up', ...{ line: 'line', scope: 'always' }, prepare: () => undefined, expected: [] },
  {
    what: 'clean: 无应答, rings to the end',
    ...{ line: 'line', scope: 'no-answer' },
    prepare: rings,
    expected: [],
  },
  {
    what: 'clean: 遇忙, the carrier says busy',
    ...{ line: 'line', scope: 'busy' },
    prepare: rings,
    expected: [],
  },
];
