import { DID } from '../bed/numbers.ts';
import type { Office } from '../bed/office.ts';
import type { SipCall } from '../bed/sip-call.ts';
import { header, userOf } from '../bed/sip-message.ts';
import type { Chance } from '../support/seeded.ts';

/** In which phase a call stands when the blow falls. */
const STORIES = [
  'rings',
  'group-rings',
  'talks',
  'talks',
  'held',
  'waits-in-queue',
  'behind-local',
  'transferred',
  'calls-out-rings',
  'calls-out-talks',
  'outside-and-inside-ring',
] as const;
type Story = (typeof STORIES)[number];

/** One call and how the service's record of it is found: a number no other call has. */
export interface StandingCall {
  readonly story: Story;
  /** Caller's number of an inbound call, dialled digits of an outbound one. */
  readonly mark: string;
  readonly direction: 'inbound' | 'outbound';
  readonly call: SipCall;
}

/** Keeps many calls in mixed phases on an office; each carries a number of its own. */
export interface StandingCalls {
  place(): Promise<StandingCall>;
  /** Calls whose placing side still stands. */
  alive(): readonly StandingCall[];
  all(): readonly StandingCall[];
  hangUpAll(): void;
}

export function createStandingCalls(office: Office, chance: Chance, series: number): StandingCalls {
  const calls: StandingCall[] = [];
  const storyOf = new Map<string, Story>();
  let count = 0;

  const callerOf = (call: SipCall) => userOf(header(call.invite, 'from'));
  for (const phone of Object.values(office.phones)) {
    phone.behave((call) => {
      call.ring();
      const story = storyOf.get(callerOf(call));
      if (story === 'talks' || story === 'behind-local') call.after(400, () => call.answer());
      if (story === 'held') {
        call.after(300, () => call.answer());
        // The PBX may be dead by then: a re-INVITE nobody answers is part of the story.
        call.after(900, () => void call.hold().catch(() => undefined));
      }
      if (story === 'transferred') {
        call.after(300, () => call.answer());
        call.after(1_000, () => void call.transferTo('1002').catch(() => undefined));
        storyOf.set(callerOf(call), 'talks');
      }
    });
  }
  for (const trunk of [office.telco, office.telco2]) {
    trunk.behave((call) => {
      call.ring();
      if (storyOf.get(`9${call.dialled}`) === 'calls-out-talks') call.after(500, () => call.answer());
    });
  }

  const didOf: Partial<Record<Story, string>> = {
    rings: DID.direct,
    'group-rings': DID.ringGroup,
    talks: DID.direct,
    held: DID.direct,
    transferred: DID.direct,
    'waits-in-queue': DID.queueMusic,
    'behind-local': DID.localKept,
    'outside-and-inside-ring': DID.simultaneous,
  };

  async function placeStory(story: Story): Promise<StandingCall> {
    const serial = String(series * 10_000 + ++count).padStart(7, '0');
    const did = didOf[story];
    if (did === undefined) {
      const dialled = `91390${serial}`;
      storyOf.set(dialled, story);
      const phone = chance.pick(Object.values(office.phones).slice(0, 3));
      return { story, mark: dialled, direction: 'outbound', call: await phone.call(dialled) };
    }
    const number = `0951${serial}`;
    storyOf.set(number, story);
    return { story, mark: number, direction: 'inbound', call: await office.telco.call(did, { number }) };
  }

  return {
    async place() {
      const placed = await placeStory(chance.pick(STORIES));
      calls.push(placed);
      return placed;
    },
    alive: () => calls.filter(({ call }) => call.phase() !== 'ended'),
    all: () => calls,
    hangUpAll() {
      for (const { call } of calls) if (call.phase() !== 'ended') call.hangUp();
    },
  };
}
