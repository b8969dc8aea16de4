import { describe, expect, it } from 'vitest';
import type { DutyLine } from '../../src/lines/duty-line.ts';
import { endpointOf, isLocal } from '../../src/lines/endpoint.ts';
import { createLineMatch } from '../../src/lines/line-match.ts';

function aLine(id: string, line: Partial<DutyLine>): DutyLine {
  return { id, room: 'room', number: id, dids: [], trunks: [], phones: [], recording: 'none', ...line };
}

describe('the endpoint of a channel', () => {
  it.each([
    ['PJSIP/telco-00000001', 'PJSIP/telco'],
    ['PJSIP/north-gate-0000001f', 'PJSIP/north-gate'],
    ['SIP/1001-0000001a', 'SIP/1001'],
    ['IAX2/branch-1234', 'IAX2/branch'],
    ['DAHDI/1-1', 'DAHDI/1'],
    ['DAHDI/i1/13900001111-2', 'DAHDI/i1/13900001111'],
    ['Local/1001@from-queue-0000003e;1', 'Local/1001@from-queue'],
    ['PJSIP/telco', 'PJSIP/telco'],
    ['no-slash-here', 'no-slash'],
    ['', ''],
  ])('of %s is %s', (channel, endpoint) => {
    expect(endpointOf(channel)).toBe(endpoint);
  });

  it('is Local for halves of Local channels only', () => {
    expect(isLocal('Local/1001@ctx-00000001;2')).toBe(true);
    expect(isLocal('PJSIP/Local-00000001')).toBe(false);
  });
});

describe('a line is found', () => {
  const city = aLine('city', {
    dids: ['0954-2035678', '+869542035678'],
    phones: ['PJSIP/1001', 'PJSIP/1002'],
  });
  const county = aLine('county', { dids: ['09542035600'], trunks: ['PJSIP/telco'], phones: ['PJSIP/2001'] });
  const gateway = aLine('gateway', { trunks: ['DAHDI/1-*', 'PJSIP/fxo'] });
  const match = createLineMatch({
    pbx: 'office',
    trunks: ['PJSIP/telco', 'PJSIP/telco2'],
    lines: [city, county, gateway],
  });

  it.each([
    ['PJSIP/telco-00000001', '09542035678', 'city'],
    ['PJSIP/telco2-00000001', '0954-2035678', 'city'],
    ['PJSIP/telco-00000001', '+869542035678', 'city'],
    ['PJSIP/telco-00000001', '09542035600', 'county'],
    ['PJSIP/telco2-00000001', '09542035600', null],
    ['PJSIP/telco-00000001', '9542035678', null],
    ['PJSIP/telco-00000001', '09542035678<script>', null],
    ['PJSIP/telco-00000001', '', null],
    ['DAHDI/1-1', 's', 'gateway'],
    ['DAHDI/11-1', 's', null],
    ['PJSIP/fxo-00000001', '12345', 'gateway'],
    ['PJSIP/fxo-00000001', '09542035678', 'city'],
  ])('for a call on %s to "%s": %s', (channel, exten, id) => {
    expect(match.lineForArrival(channel, exten)?.id ?? null).toBe(id);
  });

  it('by its phone', () => {
    expect(match.lineForPhone('PJSIP/2001-0000000f')?.id).toBe('county');
    expect(match.lineForPhone('PJSIP/20011-0000000f')).toBeNull();
    expect(match.lineById('gateway')).toBe(gateway);
    expect(match.lineById('nobody')).toBeNull();
  });

  it('and trunks are those of the PBX and those of its lines', () => {
    const trunks = ['PJSIP/telco-00000001', 'PJSIP/telco2-00000001', 'PJSIP/fxo-00000001', 'DAHDI/1-1'];
    expect(trunks.every(match.isTrunk)).toBe(true);
    expect(match.isTrunk('PJSIP/1001-00000001')).toBe(false);
    expect(match.isTrunk('PJSIP/telco3-00000001')).toBe(false);
  });

  it('without any trunk configured by its DID alone', () => {
    const bare = createLineMatch({ pbx: 'office', trunks: [], lines: [city] });
    expect(bare.knowsTrunks).toBe(false);
    expect(bare.lineForArrival('SIP/anything-1', '09542035678')?.id).toBe('city');
  });

  it('without expressions in patterns: only the star is special', () => {
    const odd = createLineMatch({ pbx: 'office', trunks: ['PJSIP/a.b*', 'PJSIP/(x'], lines: [] });
    expect(odd.isTrunk('PJSIP/a.bc-00000001')).toBe(true);
    expect(odd.isTrunk('PJSIP/axbc-00000001')).toBe(false);
    expect(odd.isTrunk('PJSIP/(x-00000001')).toBe(true);
  });
});
