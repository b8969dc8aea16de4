/** A store of its own, and the sender of alerts upon it, as the service has them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import { type AlertChannel, type Alerts, createAlertSender } from '../../src/web/alert-sender.ts';
import { OFFICE, RULES } from '../storage/office.ts';
import { createDirectIntake } from './direct-intake.ts';

export interface AlertBed {
  readonly store: Store;
  readonly intake: ReturnType<typeof createDirectIntake>;
  readonly alerts: Alerts;
  readonly logged: readonly string[];
  /** Ends the sender as a killed service does, and starts another on the same store. */
  again(): Promise<void>;
  close(): Promise<void>;
}

export async function startAlertBed(
  channels: readonly AlertChannel[],
  options: { readonly pausesMs?: readonly number[]; readonly clock?: () => number } = {},
): Promise<AlertBed> {
  const folder = await mkdtemp(join(tmpdir(), 'dutyline-alerts-'));
  const store = await openStore({ database: join(folder, 'test.sqlite'), rules: RULES });
  await store.write([{ type: 'office-import', office: OFFICE, at: 0 }]);
  const intake = createDirectIntake(store);
  const logged: string[] = [];
  const make = (): Alerts =>
    createAlertSender({
      store,
      intake,
      channels,
      clock: options.clock ?? Date.now,
      log: (level, code, about) => logged.push(JSON.stringify([level, code, about])),
      pausesMs: options.pausesMs ?? [10],
    });
  let alerts = make();
  return {
    store,
    intake,
    logged,
    get alerts() {
      return alerts;
    },
    async again() {
      await alerts.close();
      alerts = make();
    },
    async close() {
      await alerts.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
