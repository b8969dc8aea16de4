/** 值班工作检查 of the plan, over HTTP as the pages do it. */
import { ROOM, UNIT } from './office.ts';
import { INSPECTIONS, ITEMS, MEETS, MENDED } from './planned-papers.ts';
import type { Act } from './play.ts';
import type { WebSide } from './web-side.ts';

export function theInspections(web: WebSide): readonly Act[] {
  const inspects = INSPECTIONS.map(
    ({ id, at, from, to, said }): Act => ({
      at,
      act: async () => {
        const head = { id, unit: UNIT, rooms: [ROOM], from, to, inspectedAt: at, inspectors: '督查员' };
        await insists(web, 'supervisor', '/api/inspections', head);
        const items = `/api/inspections/${id}/items`;
        for (const item of ITEMS)
          await insists(web, 'supervisor', items, { item, base: 0, ...(said[item] ?? MEETS) });
        const sign = `/api/inspections/${id}/signatures`;
        await insists(web, 'leader', sign, { as: 'inspected' }, 'inspection-not-signed');
        await insists(web, 'supervisor', sign, { as: 'inspector' });
        await insists(web, 'leader', sign, { as: 'inspected' });
      },
    }),
  );
  const { inspection, item, text, at } = MENDED;
  const mended = () =>
    insists(web, 'leader', `/api/inspections/${inspection}/mended`, { item, text, how: 'reported' });
  return [...inspects, { at, act: mended }];
}

async function insists(
  web: WebSide,
  login: 'supervisor' | 'leader',
  path: string,
  body: object,
  wanted = '204',
): Promise<void> {
  const said = await web.post(login, path, body);
  if (said !== wanted) throw new Error(`${path} ${JSON.stringify(body)}: ${said}, not ${wanted}`);
}
