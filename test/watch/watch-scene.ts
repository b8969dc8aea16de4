/** An office with a real PBX and the whole service beside it, and what the service found of the calls of one moment. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Evidence, Scope, SuspicionKind } from '../../src/diagnosis/suspicion.ts';
import { DID } from '../bed/numbers.ts';
import { type Office, type OfficeOptions, startOffice } from '../bed/office.ts';
import { playStory } from '../bed/scenarios/play-story.ts';
import { pause, type Story } from '../bed/scenarios/story.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import type { ServiceSettings } from '../bed/service-config.ts';
import { MORE, MORE_DIALPLAN, MORE_FOLLOW_ME } from './more-numbers.ts';

/** One piece of evidence, as it was written down. */
export interface Noticed {
  readonly line: string;
  readonly kind: SuspicionKind;
  readonly scope: Scope;
  readonly call: string | null;
  readonly probe: string | null;
  readonly evidence: Evidence;
}

export interface WatchScene {
  readonly office: Office;
  readonly service: ServiceProcess;
  /** Plays a story, waits until its calls are over and written down, and says what was found of them. */
  found(story: Story): Promise<readonly Noticed[]>;
  /** Everything found after `turn` pieces of evidence, oldest first. */
  noticed(turn?: number): readonly Noticed[];
  query(sql: string): readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

const PATIENCE_MS = 30_000;
/** What is said behind the last event of a call is written within this. */
const SETTLES_MS = 400;

export async function openWatchScene(
  options: OfficeOptions,
  settings: Omit<ServiceSettings, 'office'> = {},
): Promise<WatchScene> {
  const office = await startOffice(options);
  if (office.dialplan === 'plain') {
    appendFileSync(join(office.pbx.folders.etc, 'extensions.conf'), MORE_DIALPLAN);
    appendFileSync(join(office.pbx.folders.etc, 'followme.conf'), MORE_FOLLOW_ME);
    await office.pbx.manage({ Action: 'Command', Command: 'dialplan reload' });
    await office.pbx.manage({ Action: 'Command', Command: 'module reload app_followme.so' });
  }
  const { notOurs: _notOurs, unallocated: _unallocated, ...ours } = DID;
  const dids = [...Object.values(ours), ...Object.values(MORE)];
  const service = await startService({ office, dids, ...settings });
  await service.watching();

  function query(sql: string): readonly Readonly<Record<string, unknown>>[] {
    const database = new Database(service.database, { readonly: true });
    try {
      return database.prepare(sql).all() as Record<string, unknown>[];
    } finally {
      database.close();
    }
  }

  function noticed(turn = 0): readonly Noticed[] {
    const rows = query(
      `select findings.line, findings.kind, scope, call_id, probe_id, evidence_json from finding_evidence
       join findings on findings.id = finding_id order by finding_evidence.rowid limit -1 offset ${turn}`,
    );
    return rows.map(
      ({ line, kind, scope, call_id: call, probe_id: probe, evidence_json }) =>
        ({
          ...{ line, kind, scope, call, probe },
          evidence: JSON.parse(String(evidence_json)),
        }) as Noticed,
    );
  }

  const count = (which: string) => Number(query(`select count(*) as n from calls where ${which}`)[0]?.n);

  async function found(story: Story): Promise<readonly Noticed[]> {
    // What a take before this one left may be found still.
    const earlier = new Set(query('select id from calls').map(({ id }) => id));
    const before = { calls: count("direction = 'inbound'"), turn: noticed().length };
    const { truth } = await playStory(office, story);
    const inbound = truth.calls.filter((call) => call.expect.direction === 'inbound').length;
    const deadline = performance.now() + PATIENCE_MS;
    while (count("direction = 'inbound'") < before.calls + inbound || count('ended_at is null') > 0) {
      if (performance.now() > deadline) throw new Error(`${story.name}: its calls are not written down`);
      await pause(50);
    }
    await pause(SETTLES_MS);
    return noticed(before.turn).filter(({ call }) => call !== null && !earlier.has(call));
  }

  return {
    ...{ office, service, found, noticed, query },
    async close() {
      await service.dispose();
      await office.stop();
    },
  };
}
