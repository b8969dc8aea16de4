/** Which duty line a channel belongs to: by the number dialled, by the trunk, or by the phone. */
import type { DutyLine, PbxSetup } from './duty-line.ts';
import { endpointOf } from './endpoint.ts';

/** A PBX set-up prepared for many questions a second. */
export interface LineMatch {
  readonly pbx: string;
  /** Is this a channel of a trunk: does a leg on it leave the premises? */
  isTrunk(channel: string): boolean;
  /** False when no trunk is configured at all: then trunks must be recognised by what happens on them. */
  readonly knowsTrunks: boolean;
  /** The line a call arrives on, by DID first, else by a line that has no DID and this trunk; null: not ours (yet). */
  lineForArrival(channel: string, exten: string): DutyLine | null;
  /** The line whose phone this channel is. */
  lineForPhone(channel: string): DutyLine | null;
  lineById(id: string): DutyLine | null;
  /** The number names one of these lines' phones, as `1001` names PJSIP/1001. */
  isPhoneNumber(number: string): boolean;
}

/** Prepares the questions. Numbers match as configured or when only separators (`-`, blank, brackets, `+`) differ. */
export function createLineMatch(setup: PbxSetup): LineMatch {
  const isTrunk = anyOf(setup.trunks);
  const arrivals = setup.lines.map((line) => ({
    line,
    dids: new Set(line.dids.flatMap((did) => [did, withoutSeparators(did)])),
    onTrunk: line.trunks.length === 0 ? isTrunk : anyOf(line.trunks),
    anyTrunk: line.trunks.length === 0,
  }));
  const byPhone = setup.lines.map((line) => ({ line, isPhone: anyOf(line.phones) }));
  const byId = new Map(setup.lines.map((line) => [line.id, line]));
  const phoneNumbers = new Set(
    setup.lines.flatMap((line) => line.phones.map((phone) => phone.slice(phone.lastIndexOf('/') + 1))),
  );
  const knowsTrunks = setup.trunks.length > 0 || setup.lines.some((line) => line.trunks.length > 0);

  return {
    pbx: setup.pbx,
    isTrunk: (channel) => isTrunk(channel) || arrivals.some((a) => !a.anyTrunk && a.onTrunk(channel)),
    knowsTrunks,
    lineForArrival(channel, exten) {
      const plain = withoutSeparators(exten);
      const byDid = arrivals.find(
        (a) => (a.dids.has(exten) || a.dids.has(plain)) && (!knowsTrunks || a.anyTrunk || a.onTrunk(channel)),
      );
      if (byDid) return byDid.line;
      return arrivals.find((a) => a.dids.size === 0 && !a.anyTrunk && a.onTrunk(channel))?.line ?? null;
    },
    lineForPhone: (channel) => byPhone.find((p) => p.isPhone(channel))?.line ?? null,
    lineById: (id) => byId.get(id) ?? null,
    isPhoneNumber: (number) => phoneNumbers.has(number),
  };
}

function anyOf(patterns: readonly string[]): (channel: string) => boolean {
  const plain = new Set(patterns.filter((p) => !p.includes('*')));
  const wild = patterns.filter((p) => p.includes('*')).map(patternToRegExp);
  return (channel) => {
    const endpoint = endpointOf(channel);
    if (plain.has(endpoint) || plain.has(channel)) return true;
    return wild.some((w) => w.test(channel) || w.test(endpoint));
  };
}

function patternToRegExp(pattern: string): RegExp {
  const escaped = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`);
}

function withoutSeparators(number: string): string {
  return number.replace(/[\s().+-]/g, '');
}
