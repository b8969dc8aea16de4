import { describe, expect, it } from 'vitest';
import type { KnownPbx } from '../../src/config/office-check.ts';
import { refusePart, withPart } from '../../src/service/office-parts.ts';
import type { OfficePart } from '../../src/storage/write-office-part.ts';
import { OFFICE, ROOM } from '../storage/office.ts';

const PBXS: readonly KnownPbx[] = [
  { id: 'pbx-1', trunks: ['PJSIP/telco'], hasRecorder: false, hasRecordings: true },
];

const LINE = {
  id: 'line-9',
  room: ROOM,
  pbx: 'pbx-1',
  number: '0954-2039999',
  dids: ['2039999'],
  trunks: ['PJSIP/telco'],
  phones: ['PJSIP/1004'],
  recording: 'pbx',
} as const;

const line = (given: Partial<Extract<OfficePart, { kind: 'line' }>['put']>): OfficePart => ({
  kind: 'line',
  put: { ...LINE, ...given },
  was: null,
});
const seat = (given: object): OfficePart => ({
  kind: 'seat',
  put: { id: 'seat-9', room: ROOM, name: '九号席', phone: null, ...given },
  was: null,
});

describe('a part typed on the page', () => {
  it('may stand where the file office.yaml would take it', () => {
    expect(refusePart(OFFICE, line({}), PBXS)).toBeNull();
    expect(refusePart(OFFICE, seat({ phone: null }), PBXS)).toBeNull();
    // What was wrong in the office before does not keep anybody from adding something right.
    expect(
      refusePart({ ...OFFICE, lines: OFFICE.lines.map((one) => ({ ...one, pbx: 'gone' })) }, line({}), PBXS),
    ).toBeNull();
  });

  it.each([
    ['a DID of another line', line({ dids: ['2030000'], trunks: [] }), '被叫号码'],
    ['a DID that no trunk sends', line({ dids: ['20<script>'] }), '被叫号码'],
    ['a number nobody prints', line({ number: '=cmd()' }), '号码写法'],
    ['a trunk the PBX does not have', line({ trunks: ['PJSIP/other'] }), '外线'],
    ['a trunk for a phone', line({ phones: ['PJSIP/telco'] }), '话机'],
    ['recording without the account for it', line({ recording: 'ami' }), '录音方式'],
    ['a PBX that is not configured', line({ pbx: 'other' }), '电话交换机'],
    ['a room that is not there', line({ room: 'nowhere' }), '值班室'],
    ['a phone of another seat', seat({ phone: 'PJSIP/1001' }), '话机'],
    ['a phone of no line', seat({ phone: 'PJSIP/1009' }), '话机'],
    ['a seat without a name', seat({ name: '' }), '坐席名称'],
  ])('is refused by a sentence about %s', (_what, part, words) => {
    const refusal = refusePart(OFFICE, part, PBXS);
    expect(refusal).toMatchObject({ code: 'office-part-wrong' });
    expect(refusal?.zh).toContain(words);
  });

  it('takes the place of what it was', () => {
    const [first] = OFFICE.lines;
    if (first === undefined) throw new Error('the office has a line');
    const changed = withPart(OFFICE, { kind: 'line', put: { ...first, number: '0954-1' }, was: first });
    expect(changed.lines.map(({ number }) => number)).toEqual(['0954-1', '0954-2040000']);
    expect(withPart(OFFICE, line({})).lines).toHaveLength(3);
  });
});
