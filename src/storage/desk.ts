/**
 * What one write transaction holds in its hands. Facts, changes and audit entries are gathered here and appended at the
 * very end under one lock, so that positions follow the order of the commits on PostgreSQL too (D10): a client that has
 * seen position 7 never meets a 6 that was committed later.
 */
import type { Kysely } from 'kysely';
import { type CallShelf, createCallShelf } from './call-shelf.ts';
import type { Dialect } from './dialect.ts';
import { createOfficeDesk, type OfficeDesk } from './office-desk.ts';
import type { PendingEffect } from './pending-effect.ts';
import type { IndexWork } from './search-index.ts';
import type { OfficeRules } from './store.ts';
import type { FactTable, Tables } from './tables.ts';
import type { AuditWork, PublishedChange } from './work.ts';

export interface DeskDeps {
  readonly db: Kysely<Tables>;
  readonly dialect: Dialect;
  readonly rules: OfficeRules;
  readonly newId: () => string;
}

export interface Desk extends DeskDeps {
  readonly calls: CallShelf;
  readonly office: OfficeDesk;
  readonly facts: NewFact[];
  readonly audits: Omit<AuditWork, 'type'>[];
  /** By entity and id, in the order of their last change. */
  readonly changes: Map<string, Omit<PublishedChange, 'position'>>;
  readonly effects: PendingEffect[];
  /** Whether a fact was written before, in this transaction or an earlier one (of those that were asked for). */
  readonly knownFacts: Set<string>;
  /** What 记录查询 must learn before the commit. */
  readonly toIndex: IndexWork;
  /** What the work in hand has changed: keys of `changes`. */
  readonly touched: Set<string>;
}

export type NewFact = Omit<FactTable, 'position'>;

/** An empty desk for one transaction. */
export function createDesk(deps: DeskDeps): Desk {
  return {
    ...deps,
    calls: createCallShelf(deps),
    office: createOfficeDesk(deps),
    facts: [],
    audits: [],
    changes: new Map(),
    effects: [],
    knownFacts: new Set(),
    toIndex: { records: new Set(), calls: new Set(), purge: false },
    touched: new Set(),
  };
}

/** Notes that people see something else now. The same thing changed twice in one transaction is one change. */
export function noteChange(
  desk: Desk,
  entity: PublishedChange['entity'],
  id: string,
  room: string | null,
): void {
  const key = `${entity} ${id}`;
  desk.changes.delete(key);
  desk.changes.set(key, { entity, id, room });
  desk.touched.add(key);
}

/** Gathers a fact; the same key a second time is nothing new. */
export function appendFact(desk: Desk, fact: NewFact): void {
  if (desk.knownFacts.has(fact.fact_key)) return;
  desk.knownFacts.add(fact.fact_key);
  desk.facts.push(fact);
}
