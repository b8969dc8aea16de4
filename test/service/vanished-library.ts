/** The disk of the recordings goes away while sound is taken over, destroyed and let go, and comes back; says what came of it. */
import { letGo } from '../../src/service/retention.ts';
import { wavFile } from '../recordings/wav-file.ts';
import { OFFICE } from '../storage/office.ts';
import { NOON } from '../storage/telling.ts';
import { diskScene } from './disk-scene.ts';
import { runJobs, untilNothingIsDue, write } from './sound-bed.ts';

const [SECRET, OLD, NEW] = ['1795406400.0', '1795406401.0', '1795406402.0'] as const;
const A_DAY = 86_400_000;
const LOOKS = 7;

const scene = await diskScene(process.argv[2] ?? '', '8m');
const { store, recordings, library } = scene;
const told: Record<string, unknown> = {};

let ahead = 0;
/** The jobs, again and again, a good minute apart. */
async function jobs(looks: number): Promise<void> {
  const now = () => Date.now() + ahead;
  const running = runJobs(store, { recordings, copy: null }, now);
  for (let at = 0; at < looks; at += 1) {
    ahead += 61_000;
    await untilNothingIsDue(store, now);
  }
  await running.close();
}

const policy = () =>
  letGo({
    store,
    library,
    copy: null,
    office: OFFICE,
    rules: [{ unit: null, kind: 'no-record', days: 90 }],
    now: () => NOON + 100 * A_DAY,
    log: () => undefined,
    report: async (report) => {
      await write(store, [{ type: 'recording-report', report }]);
      return { ok: true };
    },
    work: async (work) => {
      const [result] = await store.write([work]);
      if (result === undefined) throw new Error('no answer');
      return result;
    },
  });
const erasedBy = async () =>
  (await store.auditOf((await scene.row(SECRET))?.id ?? '')).map(({ kind }) => kind);
const effects = async () => (await store.pendingEffects()).map(({ kind }) => kind);

await scene.call(SECRET, wavFile(32_000));
await scene.call(OLD, wavFile(32_000));
await scene.reconcile();
await jobs(2);
told.before = [(await scene.row(SECRET))?.state, (await scene.row(OLD))?.state, scene.lying().length > 0];

scene.unmount();
await scene.call(NEW, wavFile(32_000));
await write(store, [
  {
    type: 'destroy',
    subject: await scene.callOf(SECRET),
    by: [
      { account: 'a-1', person: 'p-1' },
      { account: 'a-2', person: 'p-2' },
    ],
    reason: '误谈涉密事项',
    at: NOON,
  },
]);
await scene.reconcile();
await jobs(LOOKS);
told.away = {
  takenOver: (await scene.row(NEW))?.state,
  letGo: await policy(),
  old: (await scene.row(OLD))?.state,
  erased: await erasedBy(),
  waiting: await effects(),
  underneath: scene.lying(),
  trouble: (await library.trouble())?.code,
};

scene.mount();
await scene.reconcile();
await jobs(2);
const secret = (await scene.row(SECRET))?.id ?? 'none';
told.back = {
  takenOver: (await scene.row(NEW))?.state,
  erased: await erasedBy(),
  left: scene.lying().filter((name) => name.includes(secret)),
  letGo: await policy(),
  old: (await scene.row(OLD))?.state,
  waiting: await effects(),
  lying: scene.lying(),
};
await store.close();
process.stdout.write(JSON.stringify(told));
