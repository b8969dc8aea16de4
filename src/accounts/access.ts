/**
 * Who may do what, in one table: role × action × unit scope. No role both administers and hears: the person who makes
 * accounts cannot give himself somebody's telephone conversation, and the auditor reads what both of them did.
 */
export const ROLES = ['officer', 'leader', 'supervisor', 'administrator', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

export type Action =
  /** Calls, records, strip and roster of a room. */
  | 'see-room'
  /** Type into drafts, register, correct, 无需记录, 人工补记. */
  | 'write-record'
  /** 作废 and reopening: undoes what a colleague decided. */
  | 'overrule-record'
  | 'sit'
  | 'hear'
  /** 涉密误录处置: shut a call away at once. */
  | 'isolate'
  /** Open again what was shut away, or destroy it (with a second person who may). */
  | 'decide-shut'
  /** What the machine does with recordings: stray files, failed jobs, storage. Hears nothing by it. */
  | 'see-recording-desk'
  /** 通讯录: units, people and numbers. */
  | 'edit-directory'
  /** Numbers of superior duty rooms: for those who must reach them. */
  | 'see-superior-numbers'
  /** 本班须知: whereabouts of the leaders, numbers, rules of reporting. */
  | 'edit-duty-notes'
  /** 值班表: plan, publish, report, swap. */
  | 'edit-roster'
  /** 值班日志: open a sealed one again, with a reason that stays, and seal it again. */
  | 'reopen-log'
  /** Take lists, papers and excerpts out of the system. Each is audited. */
  | 'export'
  /** 规范/不规范 on a call. */
  | 'review'
  /** 值班电话检测: confirm, dismiss or close what a machine suspects. */
  | 'decide-finding'
  /** 拨测: have DutyLine call a duty line. */
  | 'probe'
  /** Confirm a 批示 that an officer wrote down. */
  | 'confirm-instruction'
  /** 值班工作检查: open, write and sign a table, look back. */
  | 'inspect'
  /** Read the tables and what the room shows for them (迎检). */
  | 'see-inspection'
  /** 受检单位: confirm a table, say what was mended. */
  | 'answer-inspection'
  /** 演练. */
  | 'drill'
  /** Accounts, lines, settings. */
  | 'administer'
  | 'read-audit'
  /** Addresses and reasons of faults, beyond the bare state that anyone may see. */
  | 'see-health-detail';

/** How far an action reaches: nowhere, the account's own unit, own and lower units, or the whole installation. */
export type Scope = 'none' | 'own' | 'own-and-lower' | 'all';

const TABLE: Readonly<Record<Role, Readonly<Partial<Record<Action, Scope>>>>> = {
  officer: {
    'see-room': 'own',
    'write-record': 'own',
    'overrule-record': 'own',
    sit: 'own',
    hear: 'own',
    isolate: 'own',
    'see-recording-desk': 'own',
    'edit-directory': 'own',
    'see-superior-numbers': 'own',
    'edit-duty-notes': 'own',
    'edit-roster': 'own',
    export: 'own',
    'decide-finding': 'own',
    probe: 'own',
    'see-inspection': 'own',
    'answer-inspection': 'own',
    drill: 'own',
    'see-health-detail': 'all',
  },
  leader: {
    'see-room': 'own',
    'write-record': 'own',
    'overrule-record': 'own',
    sit: 'own',
    hear: 'own',
    isolate: 'own',
    'decide-shut': 'own',
    'see-recording-desk': 'own',
    'edit-directory': 'own',
    'see-superior-numbers': 'own',
    'edit-duty-notes': 'own',
    'edit-roster': 'own',
    'reopen-log': 'own',
    export: 'own',
    'decide-finding': 'own',
    probe: 'own',
    review: 'own',
    'confirm-instruction': 'own',
    'see-inspection': 'own',
    'answer-inspection': 'own',
    drill: 'own',
    'see-health-detail': 'all',
  },
  supervisor: {
    'see-room': 'own-and-lower',
    hear: 'own-and-lower',
    isolate: 'own-and-lower',
    'decide-shut': 'own-and-lower',
    'see-recording-desk': 'own-and-lower',
    'edit-directory': 'own-and-lower',
    'see-superior-numbers': 'own-and-lower',
    'reopen-log': 'own-and-lower',
    export: 'own-and-lower',
    'decide-finding': 'own-and-lower',
    probe: 'own-and-lower',
    review: 'own-and-lower',
    inspect: 'own-and-lower',
    'see-inspection': 'own-and-lower',
    'see-health-detail': 'all',
  },
  administrator: {
    administer: 'all',
    'edit-directory': 'all',
    'see-recording-desk': 'all',
    'see-health-detail': 'all',
  },
  auditor: { 'read-audit': 'all', 'see-inspection': 'own-and-lower', 'see-health-detail': 'all' },
};

/** The account that asks. `lowerUnits` are all units below its own, at any depth. */
export interface AccountScope {
  readonly role: Role;
  readonly unit: string;
  readonly lowerUnits: readonly string[];
}

/**
 * Whether the account may do this to something that belongs to `unit`. A `unit` of null means the installation as a
 * whole: only an action whose scope is 'all' reaches it.
 */
export function may(who: AccountScope, action: Action, unit: string | null): boolean {
  switch (scopeOf(who.role, action)) {
    case 'none':
      return false;
    case 'own':
      return unit === who.unit;
    case 'own-and-lower':
      return unit !== null && (unit === who.unit || who.lowerUnits.includes(unit));
    case 'all':
      return true;
  }
}

/** How far a role's action reaches. */
export function scopeOf(role: Role, action: Action): Scope {
  return TABLE[role][action] ?? 'none';
}

/** All units below `unit`, at any depth. `parentOf` maps a unit to the one above it; a loop in it does no harm. */
export function unitsBelow(unit: string, parentOf: ReadonlyMap<string, string | null>): readonly string[] {
  return [...parentOf.keys()].filter((other) => other !== unit && isBelow(other, unit, parentOf));
}

function isBelow(unit: string, ancestor: string, parentOf: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  let at = parentOf.get(unit) ?? null;
  while (at !== null && !seen.has(at)) {
    if (at === ancestor) return true;
    seen.add(at);
    at = parentOf.get(at) ?? null;
  }
  return false;
}
