/**
 * Questions to the PBX beside the stream of events (write class `call,reporting`). It places no call: `probe-session.ts` does.
 * Values that come back may hold a caller's text: hostile, cut at 1,000 characters.
 */

import { type Answer, failed } from '../trouble.ts';
import type { AmiAction, AmiPacket } from './action.ts';
import type { AmiManager } from './ami-manager.ts';
import type { ListLimits } from './pending-actions.ts';

export interface ControlSession {
  /** Value of a channel variable or function, `channel` by name or Uniqueid; '' when it is not set. */
  getVariable(channel: string, variable: string): Promise<Answer<string>>;
  /** Value of a global variable; '' when it is not set. */
  getGlobal(variable: string): Promise<Answer<string>>;
  /** Value in AstDB, null when the key is not there. Never by Getvar DB(): that says Success with an empty value. */
  dbGet(family: string, key: string): Promise<Answer<string | null>>;
  /** The steps of one context (one extension of it), in order; [] when there is no such context. */
  showDialPlan(context: string, extension: string | null): Promise<Answer<readonly DialPlanStep[]>>;
  /** Interfaces of the members of a queue, as Dial would be told; null when there is no such queue. Needs no class. */
  queueMembers(queue: string): Promise<Answer<readonly string[] | null>>;
  /** State of a device by its endpoint, `PJSIP/1001`: `NOT_INUSE`, `UNAVAILABLE` (not registered), `INVALID` (unknown) … */
  deviceState(endpoint: string): Promise<Answer<string>>;
  /** Context in which calls from a PJSIP endpoint arrive; null when it has none, or is no PJSIP endpoint. */
  endpointContext(endpoint: string): Promise<Answer<string | null>>;
  /** Every living channel, with the variables asked for. */
  status(variables: readonly string[]): Promise<Answer<readonly ChannelStatus[]>>;
  /** Stops the one MixMonitor with this id (a channel variable holds it) on the channel with this Uniqueid. */
  stopMixMonitor(uniqueid: string, mixMonitorId: string): Promise<Answer<null>>;
}

interface DialPlanStep {
  readonly context: string;
  /** Null for a step that is an `include` or `switch`. */
  readonly extension: string | null;
  readonly label: string | null;
  readonly priority: string | null;
  readonly application: string | null;
  readonly appData: string;
  readonly include: string | null;
  readonly switchTo: string | null;
}

interface ChannelStatus {
  readonly channel: string;
  readonly uniqueid: string;
  readonly linkedid: string;
  /** Whole seconds since it began. */
  readonly seconds: number;
  readonly bridge: string | null;
  readonly variables: ReadonlyMap<string, string>;
}

/** Functions whose reading does nothing; DB, FILE, SHELL, CURL and the like are not among them. */
const FUNCTIONS = [
  'REDIRECTING',
  'CALLERID',
  'CONNECTEDLINE',
  'CDR',
  'CHANNEL',
  'PJSIP_HEADER',
  'PJSIP_RESPONSE_HEADER',
];
/** FreePBX keeps the passwords of its database and of its manager among the globals: never read. */
const SECRETS = /PASS|SECRET|AMPDB|AMPMGR/i;
const LONGEST_ANSWER = 1_000;
/** A dialplan of 4 extensions has 4,000 steps on FreePBX; one context of a large one has tens of thousands. */
const DIALPLAN_LIMITS: ListLimits = { mostEvents: 200_000, withinMs: 60_000 };
/** Of endpoints as our own configuration takes them; nothing in it can end a function's brackets. */
const ENDPOINT = /^[A-Za-z][A-Za-z0-9]*\/[A-Za-z0-9_.+@-]{1,79}$/;
/** With or without the `systemname` of the PBX in front. */
const UNIQUEID = /^[A-Za-z0-9_.-]{3,150}$/;
const MIXMONITOR_ID = /^(0x)?[0-9a-f]{1,32}$/i;

/** Wraps one log-in. All functions answer with a value or with the trouble; none rejects. */
export function createControlSession(manager: AmiManager): ControlSession {
  async function getvar(headers: Record<string, string>, variable: string): Promise<Answer<string>> {
    if (!mayBeRead(variable)) return failed('ami-unsafe-value', 'Getvar');
    const answer = await manager.send({ action: 'Getvar', headers: { ...headers, Variable: variable } });
    return map(answer, ({ response }) => cut(response.get('value') ?? ''));
  }

  /** One function of one endpoint, without a channel. */
  async function ofEndpoint(endpoint: string, expression: string): Promise<Answer<string>> {
    if (!ENDPOINT.test(endpoint)) return failed('ami-unsafe-value', 'Getvar');
    const answer = await manager.send({ action: 'Getvar', headers: { Variable: expression } });
    return map(answer, ({ response }) => cut(response.get('value') ?? ''));
  }

  return {
    getVariable: (channel, variable) => getvar({ Channel: channel }, variable),
    getGlobal: (variable) => getvar({}, variable),
    async dbGet(family, key) {
      const answer = await manager.collect({ action: 'DBGet', headers: { Family: family, Key: key } });
      if (!answer.ok) return /not found/i.test(answer.trouble.en) ? { ok: true, value: null } : answer;
      return { ok: true, value: cut(answer.value.events[0]?.get('val') ?? '') };
    },
    async showDialPlan(context, extension) {
      const headers = extension === null ? { Context: context } : { Context: context, Extension: extension };
      const answer = await manager.collect({ action: 'ShowDialPlan', headers }, DIALPLAN_LIMITS);
      if (!answer.ok && /existence|no such|did not find/i.test(answer.trouble.en))
        return { ok: true, value: [] };
      return map(answer, ({ events }) => eventsNamed(events, 'ListDialplan').map(dialPlanStep));
    },
    async queueMembers(queue) {
      const answer = await manager.collect({ action: 'QueueStatus', headers: { Queue: queue } });
      return map(answer, ({ events }) => {
        if (eventsNamed(events, 'QueueParams').length === 0) return null;
        return eventsNamed(events, 'QueueMember').map((member) => cut(member.get('location') ?? ''));
      });
    },
    deviceState: (endpoint) => ofEndpoint(endpoint, `DEVICE_STATE(${endpoint})`),
    async endpointContext(endpoint) {
      const [technology, name = ''] = endpoint.split('/');
      if (technology !== 'PJSIP') return { ok: true, value: null };
      const answer = await ofEndpoint(endpoint, `PJSIP_ENDPOINT(${name},context)`);
      return map(answer, (context) => (context === '' ? null : context));
    },
    async status(variables) {
      if (!variables.every(mayBeRead)) return failed('ami-unsafe-value', 'Status');
      const headers: AmiAction['headers'] = variables.length > 0 ? { Variables: variables.join(',') } : {};
      const answer = await manager.collect({ action: 'Status', headers });
      return map(answer, ({ events }) => eventsNamed(events, 'Status').map(channelStatus));
    },
    async stopMixMonitor(uniqueid, mixMonitorId) {
      if (!UNIQUEID.test(uniqueid) || !MIXMONITOR_ID.test(mixMonitorId))
        return failed('ami-unsafe-value', 'StopMixMonitor');
      // Unlike MixMonitor, which needs a shell on the PBX, class `call` is enough for it (16.28 and 22.10).
      const headers = { Channel: uniqueid, MixMonitorID: mixMonitorId };
      return map(await manager.send({ action: 'StopMixMonitor', headers }), () => null);
    },
  };
}

function mayBeRead(variable: string): boolean {
  const parts = /^([A-Za-z0-9_]{1,80})(\([A-Za-z0-9_,.:-]{0,80}\))?$/.exec(variable);
  if (parts === null || SECRETS.test(variable)) return false;
  return parts[2] === undefined || FUNCTIONS.includes(parts[1] ?? '');
}

function map<From, T>(answer: Answer<From>, read: (value: From) => T): Answer<T> {
  return answer.ok ? { ok: true, value: read(answer.value) } : answer;
}

function eventsNamed(events: readonly AmiPacket[], name: string): readonly AmiPacket[] {
  return events.filter((event) => event.get('event') === name);
}

function dialPlanStep(event: AmiPacket): DialPlanStep {
  return {
    context: event.get('context') ?? '',
    extension: event.get('extension') ?? null,
    label: event.get('extensionlabel') ?? null,
    priority: event.get('priority') ?? null,
    application: event.get('application') ?? null,
    appData: event.get('appdata') ?? '',
    include: event.get('includecontext') ?? null,
    switchTo: event.get('switch') ?? null,
  };
}

function channelStatus(event: AmiPacket): ChannelStatus {
  return {
    channel: event.get('channel') ?? '',
    uniqueid: event.get('uniqueid') ?? '',
    linkedid: event.get('linkedid') ?? '',
    seconds: Number(event.get('seconds') ?? 0) || 0,
    bridge: event.get('bridgeid') || null,
    variables: event.variables,
  };
}

function cut(value: string): string {
  return value.slice(0, LONGEST_ANSWER);
}
