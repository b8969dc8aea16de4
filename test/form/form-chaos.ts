/**
 * One form under three officers on three machines, and everything that happens to their pages: 500 strokes drawn from a
 * seed. The times of sockets and of a killed service are the machine's own, so that a seed chooses what is done, not what
 * comes of it; what comes of it is judged (`judge.ts`).
 */
import { setTimeout as delay } from 'node:timers/promises';
import { FIELDS, type FieldName } from '../../src/records/field.ts';
import { seeded } from '../support/seeded.ts';
import { createMachine, type Machine } from './machine.ts';
import { openTab, type Tab } from './tab.ts';
import { createWire, type Wire } from './wire.ts';
import { type Chosen, OWN, SHARED, type Writer, writerAt } from './writer.ts';

export const EDITS = 500;
const CALM_WITHIN_MS = 120_000;
/** The machine whose officer opens a second page beside one that sleeps: two pages are two hands. */
const TWO_PAGES = 0;

export interface FormRun {
  readonly seed: number;
  readonly record: string;
  readonly wire: Wire;
  /** The last text that a machine's officer typed into each field. */
  readonly lastTyped: ReadonlyMap<
    string,
    { readonly machine: number; readonly field: FieldName; readonly value: string }
  >;
  /** Texts given up for another's. */
  readonly dropped: readonly Chosen[];
  readonly happened: Readonly<Record<string, number>>;
  /** What each page shows in the end. */
  readonly tabs: readonly Tab[];
  /** Why it did not come to rest; null when it did. */
  readonly restless: string | null;
  close(): void;
}

/** The service as the officers meet it. */
export interface ServiceAmongEdits {
  /** Resolves at once, or when a service that was down for many strokes is up again. */
  edited(): Promise<void>;
  /** Resolves when the last restart is over. */
  standing(): Promise<void>;
}

/** `service` hears of each stroke, so that it can be killed among them. */
export async function runForm(
  seed: number,
  base: string,
  cookies: readonly string[],
  service: ServiceAmongEdits,
  edits = EDITS,
): Promise<FormRun> {
  const chance = seeded(`form ${seed}`);
  const wire = createWire();
  const machines = cookies.map((cookie, index) => createMachine(`m${index}`, base, cookie));
  const lastTyped = new Map<string, { machine: number; field: FieldName; value: string }>();
  const dropped: Chosen[] = [];
  const happened: Record<string, number> = {};
  const opening: Promise<void>[] = [];
  const writers: (Writer | null)[] = machines.map(() => null);
  let texts = 0;
  let record = '';

  const count = (what: string): void => {
    happened[what] = (happened[what] ?? 0) + 1;
  };

  async function sitDown(index: number): Promise<Writer> {
    const machine = machineAt(machines, index);
    const tab = await openTab(machine, wire, chance);
    await until(() => {
      if (chance.below(20) === 0) tab.online();
      return tab.store.read().room !== null || !machine.tabs.includes(tab);
    }, CALM_WITHIN_MS);
    const writer = writerAt(tab, {
      record,
      name: `${'甲乙丙'[index]}`,
      chance,
      nextText: () => ++texts,
      typed: (field, value) => lastTyped.set(`${index} ${field}`, { machine: index, field, value }),
      dropped: (chosen) => dropped.push(chosen),
    });
    writers[index] = writer;
    return writer;
  }

  /** Opens the page again; the officer waits for it, the others go on. */
  function reopen(index: number): void {
    writers[index] = null;
    const opened = sitDown(index).then(
      () => undefined,
      () => count('page did not open'),
    );
    opening.push(opened);
  }

  async function openForm(): Promise<void> {
    const first = await openTab(machineAt(machines, 0), wire, chance);
    await until(() => first.store.read().room !== null, CALM_WITHIN_MS);
    record = first.store.openByHand();
    await until(() => first.store.read().unsent.size === 0, CALM_WITHIN_MS);
    first.die();
    for (const index of machines.keys()) await sitDown(index);
  }

  function disturb(index: number, writer: Writer): void {
    const { tab } = writer;
    const blow = chance.below(100);
    if (blow < 30) {
      count('network cut');
      tab.cut(false);
      if (chance.below(3) > 0) setTimeout(tab.online, chance.below(150));
    } else if (blow < 50) {
      count('answers lost');
      tab.store.flush();
      setTimeout(() => {
        tab.cut(true);
        setTimeout(tab.online, chance.below(150));
      }, chance.below(8));
    } else if (blow < 65) {
      count('page hears late');
      tab.grow(true);
      setTimeout(() => tab.grow(false), chance.between(20, 400));
    } else if (blow < 78) {
      count('page sleeps');
      tab.sleep();
      setTimeout(tab.wake, chance.between(20, 400));
    } else if (blow < 90) {
      count('page dies');
      tab.die();
      reopen(index);
    } else if (blow < 95 || index !== TWO_PAGES) {
      count('page loaded again');
      writer.leave();
      tab.leave();
      tab.die();
      reopen(index);
    } else {
      count('second page beside a sleeping one');
      tab.sleep();
      setTimeout(tab.wake, chance.between(300, 900));
      reopen(index);
    }
  }

  async function work(): Promise<void> {
    for (let edit = 0; edit < edits; ) {
      const index = chance.below(machines.length);
      const writer = writers[index] ?? null;
      if (writer === null || !writer.tab.isAwake()) {
        await delay(2);
        continue;
      }
      if (chance.below(12) === 0) {
        disturb(index, writer);
        continue;
      }
      if (chance.below(4) === 0) writer.decide();
      const own = OWN[index];
      const field = own !== undefined && chance.below(5) === 0 ? own : chance.pick(SHARED);
      for (let strokes = chance.between(1, 4); strokes > 0 && writer.type(field); strokes -= 1) {
        edit += 1;
        await service.edited();
      }
      const end = chance.pick(['leave', 'leave', 'flush', 'go on'] as const);
      if (end === 'leave') writer.leave();
      else if (end === 'flush') writer.tab.store.flush();
      // Sometimes the answer comes before the next stroke, sometimes far behind it.
      await (chance.below(3) === 0 ? delay(chance.below(40)) : new Promise(setImmediate));
    }
  }

  /** Everybody is back, one page on each machine, and every conflict is decided. */
  async function calm(): Promise<string | null> {
    await Promise.all(opening);
    for (const machine of machines) for (const tab of [...machine.tabs]) tab.wake();
    for (;;) {
      for (const index of machines.keys()) {
        for (const tab of [...machineAt(machines, index).tabs]) tab.die();
        await sitDown(index);
      }
      const trouble = await rest();
      // What a second page left in a field comes up at the next load.
      const isLeft = writers.some((writer) => (writer?.tab.store.read().strangers.length ?? 0) > 0);
      if (trouble !== null || !isLeft) return trouble;
    }
  }

  function rest(): Promise<string | null> {
    return until(() => {
      let atRest = true;
      for (const writer of writers) {
        if (writer === null) return false;
        writer.tab.grow(false);
        if (writer.decide() || isBusy(writer)) atRest = false;
        if (writer.tab.store.read().link.state !== 'open') {
          writer.tab.online();
          atRest = false;
        }
        writer.tab.store.flush();
      }
      return atRest && screensAgree(writers, record);
    }, CALM_WITHIN_MS).then(
      () => null,
      () => describeUnsent(writers),
    );
  }

  await openForm();
  await work();
  await service.standing();
  const restless = await calm();
  return {
    seed,
    record,
    wire,
    lastTyped,
    dropped,
    happened,
    restless,
    tabs: writers.flatMap((writer) => writer?.tab ?? []),
    close: () => {
      for (const machine of machines) for (const tab of [...machine.tabs]) tab.die();
    },
  };
}

/** The last change is told to everybody a moment after its writer has his answer. */
function screensAgree(writers: readonly (Writer | null)[], record: string): boolean {
  const screens = writers.map((writer) => {
    const fields = writer?.tab.store.read().records.get(record)?.fields;
    return FIELDS.map((field) => fields?.[field].version).join(' ');
  });
  return new Set(screens).size === 1;
}

function isBusy({ tab }: Writer): boolean {
  return tab.store.read().unsent.size > 0;
}

function machineAt(machines: readonly Machine[], index: number): Machine {
  const machine = machines[index];
  if (machine === undefined) throw new Error(`no machine ${index}`);
  return machine;
}

/** For a person who reads why a seed failed. */
function describeUnsent(writers: readonly (Writer | null)[]): string {
  return writers
    .map((writer) => {
      const state = writer?.tab.store.read();
      return JSON.stringify({ link: state?.link.state, unsent: [...(state?.unsent.values() ?? [])] });
    })
    .join('\n');
}

async function until(holds: () => boolean, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it did not come to pass');
    await delay(10);
  }
}
