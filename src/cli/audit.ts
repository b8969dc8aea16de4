/** `dutyline audit verify`: walks the audit chain from the first entry to the last. */
import type { AuditVerdict } from '../storage/store/audit.ts';
import type { Store } from '../storage/store.ts';
import { print } from './terminal.ts';

const WHY: Readonly<Record<Extract<AuditVerdict, { ok: false }>['why'], string>> = {
  'entry-missing': 'it is missing',
  'chain-broken': 'it was changed, or one before it was taken out',
  'payload-changed': 'what it says was changed',
};

/** Says how many entries there are, or which one does not fit and why; exit code 1 unless all fit. The service may run. */
export async function verifyAuditChain(store: Store, { json }: { readonly json: boolean }): Promise<void> {
  const verdict = await store.verifyAudit();
  if (!verdict.ok) process.exitCode = 1;
  if (json) print(JSON.stringify(verdict));
  else if (verdict.ok)
    print(`${verdict.entries} entries, all in their chain; ${verdict.erased} erased by decision.`);
  else print(`Entry ${verdict.entry} does not fit: ${WHY[verdict.why]}. Compare with a backup.`);
}
