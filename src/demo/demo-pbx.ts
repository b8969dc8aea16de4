/**
 * The demonstration PBX (D13): runs when no PBX is configured, so that a newcomer sees calls, drafts, recordings, a
 * forwarded call and a colour ringback within a minute. It speaks AMI over TCP, and everything behind it (listen,
 * control and recorder sessions, tracker, attaching) is the real thing. It proves nothing about a real PBX.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PbxSetup } from '../lines/duty-line.ts';
import { openAmiPort } from './ami-port.ts';
import { createExchange } from './exchange.ts';
import { createMixMonitors } from './mixmonitor.ts';
import { clearOld } from './old-files.ts';
import { loadStories } from './story.ts';
import { createStorytelling } from './storytelling.ts';

export interface DemoPbxOptions {
  /** Wall clock, integer ms UTC. */
  readonly now: () => number;
  /** False: only what `simulate` asks for (tests). */
  readonly automatic?: boolean;
  /**
   * Where MixMonitor writes: kept over a restart, so that what was unfinished can be taken over then; files older than
   * ten minutes are cleared away. Absent: a temporary folder, gone at `stop`.
   */
  readonly folder?: string;
}

export interface DemoPbx {
  readonly host: string;
  readonly port: number;
  /** One account with every class it needs: for listen, control and recorder. */
  readonly account: { readonly username: string; readonly secret: string };
  /** Folder MixMonitor writes into, as the PBX names it and as we see it. */
  readonly recordingsBase: string;
  /** The line of the shipped `office.yaml`, for those who start without one. */
  readonly setup: PbxSetup;
  readonly stories: readonly { readonly id: string; readonly title: string }[];
  /** Begins a story at once; false when there is no such story or too many run already. */
  simulate(story: string): boolean;
  stop(): Promise<void>;
}

/** How often the sound of calls long over is cleared away. */
const CLEAR_EVERY_MS = 240_000;

/** Starts it: a port on loopback, a temporary folder for sound, and the first call after 1.5 s. */
export async function startDemoPbx({ now, automatic = true, folder }: DemoPbxOptions): Promise<DemoPbx> {
  const stories = loadStories();
  const recordingsBase = folder ?? (await mkdtemp(join(tmpdir(), 'dutyline-demo-')));
  await clearOld(recordingsBase, now());
  const mixMonitors = createMixMonitors(recordingsBase, now);
  const exchange = createExchange({
    now,
    mixMonitors,
    tell: (packet) => port.tell(packet),
    callsProcessed: () => storytelling.begun(),
  });
  const storytelling = createStorytelling(stories, now, exchange.happen);
  const port = await openAmiPort(exchange.answer);

  const flowing = setInterval(() => mixMonitors.flow(), 250);
  const clearing = setInterval(() => {
    clearOld(recordingsBase, now()).catch(() => {
      // What could not be cleared away (a full disk, a folder deleted under us) is tried again the next time.
    });
  }, CLEAR_EVERY_MS);
  if (automatic) storytelling.playByItself();

  return {
    host: '127.0.0.1',
    port: port.port,
    account: port.account,
    recordingsBase,
    setup: DEMO_SETUP,
    stories: stories.map(({ id, title }) => ({ id, title })),
    simulate: storytelling.simulate,
    async stop() {
      clearInterval(flowing);
      clearInterval(clearing);
      storytelling.stop();
      mixMonitors.closeAll();
      await port.close();
      if (folder === undefined) await rm(recordingsBase, { recursive: true, force: true });
    },
  };
}

/** Same numbers and names as `config/office.yaml`. */
const DEMO_SETUP: PbxSetup = {
  pbx: 'demo',
  trunks: ['PJSIP/telco'],
  lines: [
    {
      id: 'line-1',
      room: 'duty-room',
      number: '0954-2035678',
      dids: ['09542035678'],
      trunks: ['PJSIP/telco'],
      phones: ['PJSIP/1001', 'PJSIP/1002'],
      recording: 'ami',
    },
  ],
};
