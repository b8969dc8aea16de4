/** An office with a carrier's Asterisk behind its trunks, whose lines are probed, and what a probe of them found. */
import type { Probe } from '../../src/diagnosis/probe.ts';
import type { AsteriskMajor } from '../bed/asterisk-prefix.ts';
import { pause } from '../bed/scenarios/story.ts';
import { OFFICER } from '../bed/service-config.ts';
import { type Browser, createBrowser } from '../web/browser.ts';
import { type ArrivalCase, clearCarrier, PROBED } from './arrival-cases.ts';
import { type Noticed, openWatchScene, type WatchScene } from './watch-scene.ts';

export interface ArrivalScene extends WatchScene {
  /** Probes the line of a case and waits until it is concluded. */
  probed(one: ArrivalCase): Promise<{ readonly probe: Probe; readonly found: readonly Noticed[] }>;
}

const PROBE_PATIENCE_MS = 90_000;

export async function openArrivalScene(version: AsteriskMajor): Promise<ArrivalScene> {
  const trunks = [
    { trunk: 'PJSIP/out1', shows: ['0954-2039001'] },
    { trunk: 'PJSIP/out2', shows: ['0954-2039002'] },
  ];
  const often = { mostADay: '50', quiet: 'none', beforeShift: 'never', offPeak: [] };
  const probe = { trunks, ring: '6', noAnswer: '19', ...often };
  const { line: first, ...others } = PROBED;
  const scene = await openWatchScene(
    { version, carrier: true },
    {
      dids: [first],
      moreLines: Object.entries(others).map(([id, did]) => ({ id, did })),
      sections: { watch: { probe } },
    },
  );
  const browser = createBrowser(scene.service.url);
  await browser.logIn(OFFICER.login, OFFICER.password);

  async function probed(one: ArrivalCase): ReturnType<ArrivalScene['probed']> {
    await scene.office.reset();
    await clearCarrier(scene.office);
    await one.prepare(scene.office);
    const turn = scene.noticed().length;
    const id = await ask(browser, scene.service.url, one);
    const deadline = performance.now() + PROBE_PATIENCE_MS;
    for (;;) {
      const [row] = scene.query(`select probe_json from probes where id = '${id}'`);
      const known = row === undefined ? null : (JSON.parse(String(row.probe_json)) as Probe);
      if (known?.conclusion != null) {
        const found = scene.noticed(turn).filter(({ probe: of }) => of === id);
        return { probe: known, found };
      }
      if (performance.now() > deadline) throw new Error(`${one.what}: the probe is not concluded`);
      await pause(200);
    }
  }

  return { ...scene, probed };
}

async function ask(browser: Browser, origin: string, { line, scope }: ArrivalCase): Promise<string> {
  const headers = { 'content-type': 'application/json', origin };
  const body = JSON.stringify({ scope, consent: true });
  const answer = await browser.fetch(`/api/lines/${line}/probes`, { method: 'POST', headers, body });
  const said = (await answer.json()) as { readonly id?: string; readonly code?: string };
  if (said.id === undefined) throw new Error(`not probed: ${answer.status} ${said.code ?? ''}`);
  return said.id;
}
