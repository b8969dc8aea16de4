/** What an audit of the settings, or a code dialled from the duty phone, means for a line's findings. Pure. */
import type { DialledForwarding } from './forwarding-code.ts';
import type { SettingsAudit } from './line-audit.ts';
import { type SettingSuspicion, TOPIC_OF_RULE } from './setting-suspicion.ts';
import type { Evidence, Scope, Suspicion, SuspicionKind } from './suspicion.ts';
import type { LineCheck, WatchedTopic } from './verdict.ts';
import { targetOf, type WatchRules } from './watch-rules.ts';

/** An audit as suspicions, and as a look at each topic: settings that could not be read say nothing of either. */
export function noticedByAudit(
  { line, at, suspicions, unreadable }: Pick<SettingsAudit, 'line' | 'at' | 'suspicions' | 'unreadable'>,
  rules: WatchRules,
): { readonly suspicions: readonly Suspicion[]; readonly checks: readonly LineCheck[] } {
  const counted = suspicions.filter(
    ({ target }) => target === null || targetOf(target, rules, line) !== 'approved',
  );
  const blocked = unreadable.some((gap) => gap.blocks);
  const look = (topic: WatchedTopic): LineCheck => {
    const found = counted.some(({ rule }) => TOPIC_OF_RULE[rule] === topic);
    if (blocked && !found) return unread(topic, at);
    return { ...unread(topic, at), result: found ? 'suspect' : 'clean', why: null };
  };
  return {
    suspicions: counted.map((one) => ({
      kind: kindOf(one),
      scope: one.scope,
      evidence: evidenceOf(one, rules, line),
    })),
    checks: [look('forwarding'), look('ringback')],
  };
}

/** The looks of an audit that came to no end, at a moment (integer ms UTC). */
export function unreadSettings(at: number): readonly LineCheck[] {
  return [unread('forwarding', at), unread('ringback', at)];
}

function unread(topic: WatchedTopic, at: number): LineCheck {
  return {
    ...{ topic, scope: 'always', source: 'settings', at, result: 'unknown', why: 'settings-unreadable' },
  };
}

function kindOf({ rule, place }: SettingSuspicion): SuspicionKind {
  switch (TOPIC_OF_RULE[rule]) {
    case 'forwarding':
      return place.kind === 'dialplan' ? 'dialplan-trunk' : 'forward-setting';
    case 'ringback':
      return 'dialplan-sound';
    case 'answering':
      return 'phone-unreachable';
  }
}

function evidenceOf({ place, target: to }: SettingSuspicion, rules: WatchRules, line: string): Evidence {
  const target = to === null ? 'unknown' : targetOf(to, rules, line);
  switch (place.kind) {
    case 'dialplan': {
      const { context, extension, priority, application, data } = place.at;
      const path = place.path.map((step) => `${step.context},${step.extension},${step.priority}`);
      return { by: 'dialplan', context, extension, priority: String(priority), application, data, path };
    }
    case 'database': {
      const { key, value, phone } = place;
      return { by: 'setting', key, value, to, target, phone };
    }
    case 'phone':
      return { by: 'setting', key: place.endpoint, value: place.state, to, target, phone: place.endpoint };
  }
}

/** A code that sets forwarding is suspect the moment it is dialled; one that removes it belongs to what was suspect before. */
export function noticedByCode({
  dial,
  change,
  condition,
  target,
  phone,
}: DialledForwarding & { readonly phone: string }): Suspicion {
  const dialled = target === null ? dial : dial.replace('{number}', target);
  return {
    kind: 'forward-code',
    scope: SCOPE_OF[condition],
    // One that toggles may have set it.
    evidence: { by: 'code', dialled, change: change === 'removed' ? 'removed' : 'set', target, phone },
  };
}

const SCOPE_OF = {
  always: 'always',
  all: 'always',
  'no-answer': 'no-answer',
  unreachable: 'no-answer',
  busy: 'busy',
} as const satisfies Readonly<Record<DialledForwarding['condition'], Scope>>;
