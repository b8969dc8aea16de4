/** What the page 系统 asks of the service: doctor's checks as values, 试拨, the proof of recordings, the parts of the office. */
import type { Config, PbxConfig } from '../config/config.ts';
import { knownPbxs } from '../config/load-config.ts';
import type { Store } from '../storage/store.ts';
import type { Work, WorkResult } from '../storage/work.ts';
import type { CheckView, SetupPbx } from '../web/protocol/setup-view.ts';
import type { SetupOffice } from '../web/setup-desk.ts';
import { checkMachine } from './checks/check-machine.ts';
import { checkPbx } from './checks/check-pbx.ts';
import type { Finding } from './checks/finding.ts';
import { lineProofs } from './line-proof.ts';
import { refusePart } from './office-parts.ts';
import type { TrialWatch } from './trial-watch.ts';

export interface SetupOfficeDeps {
  readonly config: Config;
  readonly pbxs: readonly PbxConfig[];
  readonly store: Store;
  readonly work: (work: Work) => Promise<WorkResult>;
  readonly trial: TrialWatch;
  /** Lines, rooms or units are others now: of whose room a call is, and how long its sound is kept. */
  readonly officeChanged: () => Promise<void>;
  readonly now: () => number;
}

export function createSetupOffice(deps: SetupOfficeDeps): SetupOffice {
  const { config, pbxs, store, now, trial } = deps;
  let checking: Promise<CheckView> | null = null;

  async function check(): Promise<CheckView> {
    const { lines } = await store.office();
    const recordsByAmi = (pbx: string) => lines.some((line) => line.pbx === pbx && line.recording === 'ami');
    const [machine, ...ofPbxs] = await Promise.all([
      checkMachine(config, (use) => use(store)),
      ...pbxs.map((pbx) => checkPbx(pbx, recordsByAmi(pbx.id))),
    ]);
    return {
      at: now(),
      groups: [
        ...ofPbxs.map((findings, index) => ({
          pbx: pbxs[index]?.id ?? '',
          findings: findings.map(inChinese),
        })),
        { pbx: null, findings: machine.map(inChinese) },
      ],
    };
  }

  return {
    demo: config.demo !== null,
    pbxs: () => pbxs.map(setupPbx),
    // Two who press at once share one round of log-ins.
    check() {
      checking ??= check().finally(() => {
        checking = null;
      });
      return checking;
    },
    watchTrial: (watch) => trial.watch(watch),
    trial: () => trial.view(),
    proof: () => lineProofs(store, now()),
    async put(part, account) {
      const refusal = refusePart(await store.office(), part, knownPbxs(config));
      if (refusal !== null) return { ok: false, refusal };
      const written = await deps.work({ type: 'office-part', part, account, at: now() });
      if (written.ok && part.kind !== 'seat' && part.kind !== 'person') await deps.officeChanged();
      return written;
    },
    async remove(part, account) {
      const written = await deps.work({ type: 'office-part-remove', part, account, at: now() });
      if (written.ok) await deps.officeChanged();
      return written;
    },
  };
}

function setupPbx({ id, name, trunks, recorder, recordings }: PbxConfig): SetupPbx {
  const ways = recordings === null ? [] : (['pbx', 'snippet'] as const);
  const byUs = recorder !== null && recordings !== null ? (['ami'] as const) : [];
  return { id, name, trunks, recordings: [...byUs, ...ways, 'none'] };
}

function inChinese({ kind, zh }: Finding): CheckView['groups'][number]['findings'][number] {
  return { kind, ...zh };
}
