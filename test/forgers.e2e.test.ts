/**
 * Callers who forge AMI text, beside the whole service on a real Asterisk, while somebody else's call stands whose Channel
 * and Uniqueid they know.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CallView } from '../src/web/protocol/call-view.ts';
import { dialAnything, encoded } from './asterisk/forged-call.ts';
import { type Attack, attacksOn, type Victim } from './asterisk/forger.ts';
import { DID, OUTSIDE } from './bed/numbers.ts';
import { type Office, startOffice } from './bed/office.ts';
import type { CallOptions } from './bed/sip-agent.ts';
import { answerAfter } from './bed/sip-behaviour.ts';
import type { SipCall } from './bed/sip-call.ts';
import { isOver, type StoredCalls, storedCallsOnce } from './stories/stored-call.ts';
import { loggedIn } from './web/browser.ts';
import { type OfficeService, startOfficeService } from './web/office-service.ts';

const AT_ONCE = 8;

/** Where a caller's text stands. */
interface Field {
  readonly name: string;
  readonly fits: (attack: Attack) => boolean;
  readonly dial: (attack: Attack) => { readonly number: string; readonly options: CallOptions };
  /** What the duty phone does where it is the one who forges. */
  readonly phone?: (call: SipCall, attack: Attack) => void;
  /** Whether anything of it gets into AMI as lines. */
  readonly marked: boolean;
  /** What the page may show of the caller. */
  readonly callers: readonly (string | null)[];
  /** Places every so manieth attack: `forged-packets.test.ts` reads them all. */
  readonly every?: number;
  /** It goes on to the outside, unless the dialplan makes no number of the text: a comma ends Dial's first argument. */
  readonly leaves?: true;
}

/** PJSIP cuts a number at a NUL: of that attack nothing arrives. */
const arrives = ({ name }: Attack) => !name.includes('NUL');
const onlyNumber = ({ number, did, callerName }: Attack) =>
  number !== undefined && did === undefined && callerName === undefined;
const uri = (text: string | undefined) => `<sip:${encoded(text ?? '')}@outside.test>`;
const ordinary = { number: OUTSIDE.caller };
const toDutyPhone = () => ({ number: DID.direct, options: ordinary });
/** Begins as a number with its access digit, so that the PBX calls out. */
const outside = ({ number }: Attack) => encoded(`91${number}`);

const BY_CALLER: readonly Field[] = [
  {
    name: 'From',
    fits: onlyNumber,
    dial: ({ number }) => ({ number: DID.direct, options: { rawFrom: uri(number) } }),
    marked: true,
    callers: [null],
  },
  {
    name: 'P-Asserted-Identity',
    fits: onlyNumber,
    dial: ({ number }) => ({
      number: DID.direct,
      options: { ...ordinary, headers: [['P-Asserted-Identity', uri(number)]] },
    }),
    marked: true,
    callers: [null],
  },
  {
    name: 'Diversion',
    fits: onlyNumber,
    dial: ({ number }) => ({
      number: DID.direct,
      options: { ...ordinary, headers: [['Diversion', `${uri(number)};reason=unconditional;counter=1`]] },
    }),
    marked: true,
    callers: [OUTSIDE.caller],
  },
  {
    name: 'DID',
    fits: onlyNumber,
    dial: ({ number }) => ({ number: encoded(`d${number}`), options: ordinary }),
    marked: true,
    callers: [OUTSIDE.caller, null],
  },
  {
    name: 'From and DID together',
    fits: ({ number, did, callerName }) =>
      number !== undefined && did !== undefined && callerName === undefined,
    dial: ({ number, did }) => ({ number: encoded(`d${did}`), options: { rawFrom: uri(number) } }),
    marked: true,
    callers: [null],
  },
  {
    // Nobody decodes a display name, and AMI escapes it (16.28 and 22.10).
    name: 'the display name',
    fits: ({ callerName }) => callerName !== undefined,
    dial: ({ callerName = '' }) => ({
      number: DID.direct,
      options: { ...ordinary, name: callerName.replaceAll('\r', '%0d').replaceAll('\n', '%0a') },
    }),
    marked: false,
    callers: [OUTSIDE.caller],
  },
];

const FURTHER: readonly Field[] = [
  {
    name: 'Remote-Party-ID',
    fits: onlyNumber,
    every: 3,
    dial: ({ number }) => ({
      number: DID.direct,
      options: { ...ordinary, headers: [['Remote-Party-ID', `${uri(number)};party=calling;screen=yes`]] },
    }),
    marked: true,
    callers: [null],
  },
  {
    name: 'History-Info',
    fits: onlyNumber,
    every: 3,
    dial: ({ number }) => ({
      number: DID.direct,
      options: {
        ...ordinary,
        headers: [
          ['History-Info', `<sip:${encoded(number ?? '')}@outside.test;cause=302>;index=1`],
          ['History-Info', `<sip:${DID.direct}@outside.test;cause=302>;index=1.1`],
        ],
      },
    }),
    marked: true,
    callers: [OUTSIDE.caller],
  },
  {
    // From here on it is not the caller who forges, but who is called. Asterisk names Local channels after this one.
    name: 'the Contact of a 302',
    // Of a text with a slash Dial takes the beginning for a technology, and calls nobody.
    fits: (attack) => onlyNumber(attack) && attack.number?.includes('/') === false,
    every: 3,
    dial: toDutyPhone,
    phone: (call, attack) => call.redirect(outside(attack)),
    marked: true,
    callers: [OUTSIDE.caller],
    leaves: true,
  },
  {
    name: 'Refer-To',
    fits: onlyNumber,
    every: 3,
    dial: toDutyPhone,
    phone: (call, attack) => {
      call.ring();
      call.after(20, () => call.answer());
      call.after(220, () => void call.transferTo(outside(attack)).catch(() => undefined));
    },
    marked: true,
    callers: [OUTSIDE.caller],
    leaves: true,
  },
  {
    name: 'P-Asserted-Identity of who is called',
    fits: onlyNumber,
    every: 3,
    dial: toDutyPhone,
    phone: (call, { number }) => {
      const headers = [['P-Asserted-Identity', uri(number)]] as const;
      call.ring(180, headers);
      call.after(20, () => call.answer(headers));
    },
    marked: true,
    callers: [OUTSIDE.caller],
  },
];

const STAYS = {
  outcome: 'answered',
  answeredBy: 'PJSIP/1001',
  hungUpBy: 'caller',
  leftPremises: false,
  transfers: [],
} as const;

interface Assault {
  readonly placed: number;
  readonly views: readonly CallView[];
}

const SCENES = ([22, 16] as const).flatMap((version) => [
  { version, where: 'by who calls', fields: BY_CALLER },
  { version, where: 'in further headers, and by who is called', fields: FURTHER },
]);

describe.each(SCENES)('a service that is lied to $where, on Asterisk $version', ({ version, fields }) => {
  let office: Office;
  let bed: OfficeService;
  let victim: SipCall;
  let before: CallView;
  let during: CallView | undefined;
  let stored: StoredCalls;
  const assaults = new Map<Field, Assault>();

  beforeAll(async () => {
    office = await startOffice({ version });
    await dialAnything(office);
    bed = await startOfficeService(office);
    await bed.watching();
    const known = await standingCall();
    const kept = new Set([before.id]);
    const calls = new Map<Field, { readonly placed: number; readonly ids: readonly string[] }>();
    for (const field of fields) {
      const placed = await assault(field, known);
      const ids = await callsBeside(kept, placed);
      for (const id of ids) kept.add(id);
      calls.set(field, { placed, ids });
    }
    await bed.service.intake.idle();
    during = await bed.service.store.callView(before.id);
    victim.hangUp();
    await victim.reached('ended');
    stored = await storedCallsOnce(bed.service.store, 'office', 'room', isOver);
    for (const [field, { placed, ids }] of calls) {
      assaults.set(field, { placed, views: stored.views.filter(({ id }) => ids.includes(id)) });
    }
  }, 300_000);
  afterAll(async () => {
    await bed?.stop();
    await office?.stop();
  });

  /** Somebody else's talk: the attackers are told its Channel and Uniqueid. */
  async function standingCall(): Promise<Victim> {
    const tap = await office.tap('listen');
    victim = await office.telco.call(DID.phone1003, { number: OUTSIDE.secondCaller });
    await victim.reached('answered');
    const { Channel, Uniqueid, Linkedid } = await tap.waitFor(
      'the call that stands',
      (packet) => packet.Event === 'BridgeEnter' && packet.Uniqueid === packet.Linkedid,
    );
    await tap.close();
    const { views } = await storedCallsOnce(
      bed.service.store,
      'office',
      'room',
      ({ views: [first] }) =>
        first?.recordings
          .map(({ state }) => state)
          .toSorted()
          .join() === 'no-sound,recording',
    );
    const [view] = views;
    if (view === undefined) throw new Error('the call that stands was not kept');
    before = view;
    return { channel: Channel ?? '', uniqueid: Uniqueid ?? '', linkedid: Linkedid ?? '' };
  }

  async function assault(field: Field, known: Victim): Promise<number> {
    const attacks = attacksOn(known, `${known.uniqueid.slice(0, 10)}.999999`)
      .filter((attack) => field.fits(attack) && arrives(attack))
      .filter((_, place) => place % (field.every ?? 1) === 0);
    const { phone } = field;
    const due = [...attacks];
    office.phones[1001].behave((call) => {
      const attack = due.shift();
      if (phone === undefined || attack === undefined) answerAfter(20)(call);
      else phone(call, attack);
    });
    for (let from = 0; from < attacks.length; from += AT_ONCE) {
      await Promise.all(
        attacks.slice(from, from + AT_ONCE).map((attack) => placeOne(field, field.dial(attack))),
      );
    }
    return attacks.length;
  }

  /**
   * The calls that are kept by now beside those known, once they are as many as were placed. Which field a call is of its times
   * cannot tell: of the PBX's clock a loaded machine knows as little as it is late itself.
   */
  async function callsBeside(known: ReadonlySet<string>, placed: number): Promise<readonly string[]> {
    let ids: readonly string[] = [];
    await vi
      .waitUntil(
        async () => {
          const changes = (await bed.service.store.changesSince('room', 0)) ?? [];
          const told = changes.filter(({ entity, id }) => entity === 'call' && !known.has(id));
          ids = told.map(({ id }) => id);
          return ids.length >= placed;
        },
        { timeout: 30_000, interval: 50 },
      )
      // A call that is not kept is told by the test of its field.
      .catch(() => undefined);
    return ids;
  }

  async function placeOne(field: Field, { number, options }: ReturnType<Field['dial']>): Promise<void> {
    const call = await office.telco.call(number, options);
    if (field.leaves !== true) await call.reached('answered');
    call.after(field.leaves === true ? 2_000 : 200, () => call.hangUp());
    await call.reached('ended');
  }

  describe.each(fields)('in $name', (field) => {
    const views = () => assaults.get(field)?.views ?? [];

    it('keeps every attacker’s call, once, from its begin to its end', () => {
      const placed = assaults.get(field)?.placed ?? 0;
      expect(placed).toBeGreaterThan(5);
      expect(views()).toHaveLength(placed);
      for (const view of views()) {
        expect(view).toMatchObject({
          direction: 'inbound',
          complete: true,
          tampered: field.marked,
          joinedTo: null,
          ...(field.leaves === true ? {} : STAYS),
        });
        expect(field.callers).toContain(view.caller.number);
      }
    });

    it('records each of them, and opens one form for each', () => {
      for (const view of views()) {
        expect(view.recordings.map(({ state }) => state)).toContainEqual(
          expect.stringMatching(/^(attached|no-sound)$/),
        );
        const forms = stored.records.filter((record) => record.call === view.id);
        expect(forms).toMatchObject([{ id: view.record, state: 'draft' }]);
      }
    });
  });

  it.each(fields.filter(({ leaves }) => leaves))(
    'shows of each call that went on to the outside that it did, forged in $name',
    (field) => {
      const left = (assaults.get(field)?.views ?? []).filter((view) => view.leftPremises);
      expect(left.length).toBeGreaterThan(5);
      for (const view of left) {
        expect(view).toMatchObject({ outcome: 'answered', answeredBy: 'PJSIP/telco', hungUpBy: 'caller' });
      }
    },
  );

  it('invents no call', () => {
    const placed = [...assaults.values()].reduce((sum, { placed: count }) => sum + count, 0);
    expect(stored.views).toHaveLength(placed + 1);
    expect(stored.records).toHaveLength(placed + 1);
    expect(stored.summaries).toHaveLength(placed + 1);
  });

  it('is sent no line ends by the Contact of a REGISTER: Asterisk leaves them as they were sent', async () => {
    const tap = await office.tap('listen-all');
    const contact = encoded('95\r\n\r\nEvent: Hangup\r\nPrivilege: call,all');
    await office.phones[1004].register(contact);
    const { URI } = await tap.waitFor('the new contact', (packet) => packet.Event === 'ContactStatus');
    expect(URI).toContain(contact.replace('%2c', ','));
    expect(tap.bytes().toString('latin1')).not.toContain('95\r\n\r\nEvent: Hangup');
    await tap.close();
  });

  it('neither ends nor changes the call that stands', () => {
    expect(during).toEqual(before);
    const after = stored.views.find(({ id }) => id === before.id);
    expect(after).toMatchObject({
      outcome: 'answered',
      answeredBy: 'PJSIP/1003',
      hungUpBy: 'caller',
      tampered: false,
      complete: true,
    });
    expect(Math.abs((after?.endedAt ?? 0) - (victim.times().ended ?? 0))).toBeLessThan(500);
    expect(after?.recordings.map(({ state }) => state)).toContain('attached');
  });

  it('believes neither in a restart of the PBX nor in a gap, and says what it kept apart', async () => {
    expect(bed.service.links.all()).toMatchObject([{ state: 'up' }]);
    expect(bed.service.links.get('office')?.quarantined).toBeGreaterThan(100);
    expect(await bed.service.store.openGaps()).toEqual([]);
    expect(bed.service.intake.health()).toMatchObject({ strange: 0, dropped: 0, storeFailing: null });
  });

  it('shows on the page who forged, and nobody else', async () => {
    const page = await (await loggedIn(bed.base, 'zhang')).open();
    const { calls } = await page.next('snapshot');
    page.close();
    const shown = new Map(calls.map((call) => [call.id, call.tampered]));
    for (const [{ marked }, { views }] of assaults) {
      expect(views.filter((view) => shown.get(view.id) !== marked)).toEqual([]);
    }
    expect(shown.get(before.id)).toBe(false);
  });
});
