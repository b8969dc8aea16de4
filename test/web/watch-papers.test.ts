import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProbeFact, ProbeOrder } from '../../src/diagnosis/probe.ts';
import type { Suspicion } from '../../src/diagnosis/suspicion.ts';
import { newId } from '../../src/storage/new-id.ts';
import { paragraphsOf, partOf } from '../documents/office-parts.ts';
import { type Browser, loggedIn } from './browser.ts';
import { startWebBed, type WebBed } from './web-bed.ts';

const AT = Date.UTC(2026, 10, 23, 4);
const ROUND = newId();
const FILE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

let bed: WebBed;
let zhang: Browser;

beforeAll(async () => {
  bed = await startWebBed();
  zhang = await loggedIn(`http://127.0.0.1:${bed.web.port}`, 'zhang');
  await probed('l-county', '0954-2035671');
  await probed(null, '0951-5055555<b>');
});
afterAll(() => bed.close());

/** A probe of zhang's round that rang for 14 s and never came in. */
async function probed(line: string | null, number: string): Promise<void> {
  const id = newId();
  const order: ProbeOrder = {
    ...{ id, line, number, round: ROUND, scope: 'always', pbx: 'main' },
    ...{ trunk: 'PJSIP/telco2', ringMs: 14_000, occupier: null },
  };
  const evidence = {
    ...({ by: 'probe', probe: id, heard: 'timed-out', arrived: false } as const),
    stretch: null,
  };
  const suspicion: Suspicion = { kind: 'probe-not-arrived', scope: 'always', evidence };
  const facts: readonly ProbeFact[] = [
    { kind: 'probe-asked', at: AT, order, askedBy: 'a-zhang' },
    { kind: 'probe-placed', at: AT + 100 },
    { kind: 'probe-dialled', at: AT + 200 },
    { kind: 'probe-rang', at: AT + 1_200 },
    { kind: 'probe-ended', at: AT + 14_200, ending: 'timed-out', cause: 19, sip: '480' },
    { kind: 'probe-heard', at: AT + 14_200, hearing: null, soundSeconds: null },
    {
      kind: 'probe-concluded',
      at: AT + 17_200,
      conclusion: {
        ...{ forwarding: 'suspect', ringback: 'unknown', why: 'only-ringing', arrived: false },
        suspicions: line === null ? [] : [suspicion],
        checks: [],
      },
    },
  ];
  const written = await bed.intake.work({ type: 'probe-facts', probe: id, facts });
  if (!written.ok) throw new Error(written.refusal.en);
}

const get = (path: string): Promise<Response> => zhang.fetch(`/api/papers/${path}`);
const wordOf = async (path: string): Promise<readonly string[]> => {
  const response = await get(`${path}&format=docx`);
  expect(response.headers.get('content-type')).toBe(FILE);
  return paragraphsOf(partOf(Buffer.from(await response.arrayBuffer()), 'word/document.xml'));
};

describe('检测记录 of a line', () => {
  it('comes as a page and for Word, with the finding and the probe, and is in the audit trail', async () => {
    const html = await (await get('line?line=l-county')).text();
    expect(html).toContain('值班电话检测记录');
    expect(html).toContain('拨测未到达本机');
    expect(html).not.toMatch(/<script/);
    const word = await wordOf('line?line=l-county');
    expect(word[1]).toMatch(/^原州区人民政府 区政府值班室　值班电话：0954-2035671\t\d{4}年/);
    expect(word).toEqual(
      expect.arrayContaining(['一、当前结论', '二、检测发现', '拨测未到达本机', '1.0 秒后振铃']),
    );
    const kinds = (await bed.store.auditOf('l-county')).map(({ kind, account }) => [kind, account]);
    expect(kinds.slice(-2)).toEqual(Array(2).fill(['line-checks-exported', 'a-zhang']));
  });

  it('of another unit is not to be had', async () => {
    expect((await get('line?line=l-city')).status).toBe(404);
    expect((await get('line?line=nothing')).status).toBe(404);
  });
});

describe('抽查结果', () => {
  it('comes as a page in which hostile text is text, and for Word', async () => {
    const html = await (await get(`round?round=${ROUND}`)).text();
    expect(html).toContain('抽查单位：原州区人民政府');
    expect(html).toContain('0951-5055555&#60;b&#62;');
    const word = await wordOf(`round?round=${ROUND}`);
    expect(word).toContain('原州区人民政府 区政府值班室');
    expect(word.at(-1)).toContain('共抽查 2 部，两项均未发现 0 部，疑似呼转 2 部');
    const row = (await bed.store.auditOf(ROUND)).at(-1);
    expect([row?.kind, JSON.parse(row?.payloadJson ?? '')]).toEqual([
      'round-exported',
      expect.objectContaining({ format: 'docx', probes: 2 }),
    ]);
  });

  it('is for whoever began it', async () => {
    const leader = await loggedIn(`http://127.0.0.1:${bed.web.port}`, 'leader');
    expect((await leader.fetch(`/api/papers/round?round=${ROUND}`)).status).toBe(404);
  });
});

it.each(['line', 'line?line=../x', 'line?line=a&line=b', 'line?line=a&format=xlsx', 'round?round='])(
  'nobody gets %s',
  async (path) => {
    expect((await get(path)).status).toBe(400);
  },
);
