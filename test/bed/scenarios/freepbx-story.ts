import { OUTSIDE } from '../numbers.ts';
import type { Office } from '../office.ts';
import { type Expected, inbound, pause, type Story, timesOf } from './story.ts';

// FreePBX fills an empty name with the number before anything rings; the call's own name stays empty.
export const outside: Partial<Expected> = {
  answeredBy: 'PJSIP/telco',
  leftPremises: true,
  leftTo: OUTSIDE.mobile,
};

/** A story of the FreePBX-shaped office. */
export function story(name: string, play: Story['play']): Story {
  return { name: `freepbx-${name}`, dialplan: 'freepbx', core: true, play };
}

/** The usual caller dials a number. */
export const ring = (office: Office, did: string) => office.telco.call(did, { number: OUTSIDE.caller });

/** Whoever is to answer answers 600 ms after it rings; `prepare` makes it so and says who. */
export function answered(
  name: string,
  did: string,
  who: (office: Office) => 'telco' | '1001' | '1002' | '1003',
  special: Partial<Expected>,
  prepare: (office: Office) => Promise<void> | void = () => undefined,
): Story {
  return story(name, async (office) => {
    await prepare(office);
    const caller = await ring(office, did);
    const key = who(office);
    const agent = key === 'telco' ? office.telco : office.phones[key];
    const far = await agent.nextCall(20_000);
    await far.reached('answered');
    await pause(600);
    caller.hangUp();
    await far.reached('ended');
    const rang = Object.values(office.phones).flatMap((phone) =>
      phone.calls().filter((call) => call.times().invite >= caller.times().invite),
    );
    return [{ expect: inbound(did, special), times: timesOf(caller, [far, ...rang]) }];
  });
}

/** Nobody answers and voicemail takes the call; the caller speaks and hangs up. */
export function leftToVoicemail(
  name: string,
  did: string,
  special: Partial<Expected>,
  prepare: (office: Office) => Promise<void> | void,
): Story {
  return story(name, async (office) => {
    await prepare(office);
    const caller = await ring(office, did);
    await caller.reached('answered');
    await pause(1_500);
    caller.hangUp();
    await caller.reached('ended');
    const rang = Object.values(office.phones).flatMap((phone) =>
      phone.calls().filter((call) => call.times().invite >= caller.times().invite),
    );
    return [{ expect: inbound(did, special), times: { ...timesOf(caller, rang), answered: null } }];
  });
}
