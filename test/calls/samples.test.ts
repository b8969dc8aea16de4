/** The sample captures against the CDR and CEL rows of the same calls, read by hand. CDR rounds to whole seconds. */
import { describe, expect, it } from 'vitest';
import { explained } from '../cli/explained.ts';
import { sampleFile } from './captured.ts';

const OPTIONS = {
  line: '0954-2035678',
  dids: '09542035678,09542035601,09542035605,09542035607,09542035609,09542035613',
  phones: 'PJSIP/1001,PJSIP/1002',
  trunks: 'PJSIP/telco,PJSIP/telcoraw',
};

const OFFICE = '市应急指挥中心';
/** d6b5 b0e0 cad2: Asterisk 22 keeps the first two bytes, which happen to be UTF-8, and replaces each other one. */
const LOST_NAME = '\u{5b5}\u{fffd}\u{fffd}\u{fffd}\u{fffd}';
const toMobile = { answeredBy: 'PJSIP/telco', leftPremises: true, leftTo: '13900001111' };
const fromOurPhone = { direction: 'outbound', dialled: '913900001111', answeredBy: 'PJSIP/telco' };

/** Seconds from CDR: start to answer, and answer to the end of the last row of the Linkedid. */
const rows: readonly (readonly [name: string, rang: number, talked: number | null, rest: object])[] = [
  [
    'in-answered-utf8',
    2,
    2,
    { answeredBy: 'PJSIP/1001', hungUpBy: 'callee', caller: { number: '09548887777', name: OFFICE } },
  ],
  ['in-missed', 3, null, { outcome: 'abandoned', answeredBy: null, hungUpBy: 'caller' }],
  ['in-busy', 0, null, { outcome: 'busy', answeredBy: null, hungUpBy: 'callee' }],
  ['out-answered', 4, 2, { ...fromOurPhone, hungUpBy: 'caller' }],
  ['ring-group', 1, 3, { answeredBy: 'PJSIP/1001', dialled: '09542035605' }],
  ['queue-ringall', 1, 2, { answeredBy: 'PJSIP/1001', dialled: '09542035613', preAnswerAudio: 'none' }],
  ['local-channel', 1, 3, { answeredBy: 'PJSIP/1001', dialled: '09542035609' }],
  ['rbt-dial-m', 2, 2, { answeredBy: 'PJSIP/1001', preAnswerAudio: 'music' }],
  ['fwd-302', 4, 2, { ...toMobile, diverted: false, hungUpBy: 'caller' }],
  ['fwd-cf-astdb', 3, 2, { ...toMobile, dialled: '09542035607', hungUpBy: 'caller' }],
  ['xfer-blind-internal', 1, 6, { answeredBy: 'PJSIP/1002', transfers: [{ kind: 'blind', to: '1002' }] }],
  ['xfer-attended', 1, 7, { answeredBy: 'PJSIP/1002', transfers: [{ kind: 'attended', to: '1002' }] }],
];

describe.each([16, 22])('samples of Asterisk %i', (version) => {
  it.each(rows)('%s agrees with its CDR and CEL rows', async (name, rang, talked, rest) => {
    const { calls, counts } = await explained(OPTIONS, sampleFile(`${version}-${name}`));
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      line: '0954-2035678',
      direction: 'inbound',
      outcome: 'answered',
      transfers: [],
      tampered: false,
      recordings: [],
      complete: true,
      ...(name.startsWith('fwd') ? {} : { leftPremises: false, leftTo: null }),
      ...rest,
    });
    expect(Math.abs((calls[0]?.ringSeconds ?? 0) - rang)).toBeLessThan(1);
    expect(
      calls[0]?.talkSeconds === null ? null : Math.abs((calls[0]?.talkSeconds ?? 0) - (talked ?? 0)) < 1,
    ).toBe(talked === null ? null : true);
    expect(counts).toMatchObject({ unknownEvents: 0, quarantined: 0, oversized: 0, broken: 0 });
  });
});

describe('a caller name in GBK', () => {
  it('is read where Asterisk passes the bytes (16)', async () => {
    const { calls } = await explained(OPTIONS, sampleFile('16-in-answered-gbk'));
    expect(calls[0]?.caller).toEqual({ number: '09548887777', name: '值班室' });
  });

  it('is shown as unreadable where Asterisk destroyed it (22)', async () => {
    const { calls } = await explained(OPTIONS, sampleFile('22-in-answered-gbk'));
    expect(calls[0]?.caller).toEqual({ number: '09548887777', name: LOST_NAME });
  });
});
