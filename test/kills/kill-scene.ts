import { startOffice } from '../bed/office.ts';
import { startService } from '../bed/service.ts';
import { startFlakyProxy } from './flaky-proxy.ts';
import type { KillScene } from './kill-round.ts';
import { startTypist } from './typist.ts';

/** A real office on Asterisk 22, a wire that can be cut, the service as a process, and an officer who types. */
export async function openKillScene(): Promise<KillScene & { close(): Promise<void> }> {
  // Kills are about signalling: twenty calls' sound would only take the cores away from what is judged.
  const office = await startOffice({ sound: false });
  const proxy = await startFlakyProxy({ host: office.ami.host, port: office.ami.port });
  const service = await startService({ office, ami: { host: proxy.host, port: proxy.port } });
  await service.watching();
  const typist = await startTypist(service.url);
  return {
    office,
    proxy,
    service,
    typist,
    async close() {
      typist.stop();
      await service.dispose();
      await proxy.close();
      await office.stop();
    },
  };
}
