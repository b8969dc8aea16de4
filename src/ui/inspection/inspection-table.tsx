/** 附件3 as it stands on paper; one row has the focus, arrows move it, a digit is its verdict, Enter goes on to write. */
import { type KeyboardEvent, type ReactElement, useRef } from 'react';
import { ITEM_VERDICT_NAMES, ITEM_VERDICTS, type ItemSaid, type ItemVerdict } from '../../duty/inspection.ts';
import {
  INSPECTION_COLUMNS,
  INSPECTION_ITEMS,
  INSPECTION_REMARK,
  type ItemCode,
} from '../../duty/inspection-items.ts';
import { OutsideText } from '../outside-text.tsx';
import { inspectionWords as say } from './words.ts';

const VERDICT_SOFT: Readonly<Record<ItemVerdict, string>> = {
  meets: 'soft-green',
  fails: 'soft-red',
  'to-mend': 'soft-amber',
  'not-applicable': 'soft-grey',
};

export function InspectionTable(props: {
  readonly saidOf: (code: ItemCode) => ItemSaid;
  readonly chosen: ItemCode;
  readonly mayWrite: boolean;
  /** Items of which something is missing, or open from before. */
  readonly marked: ReadonlyMap<ItemCode, string>;
  readonly onChoose: (code: ItemCode) => void;
  readonly onVerdict: (code: ItemCode, verdict: ItemVerdict) => void;
  readonly onEnter: () => void;
}): ReactElement {
  const table = useRef<HTMLTableElement>(null);
  function focus(index: number): void {
    const item = INSPECTION_ITEMS[Math.max(0, Math.min(INSPECTION_ITEMS.length - 1, index))];
    if (item === undefined) return;
    props.onChoose(item.code);
    table.current?.querySelector<HTMLElement>(`[data-item="${item.code}"]`)?.focus();
  }
  function onKeyDown(event: KeyboardEvent, code: ItemCode, index: number): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const verdict = ITEM_VERDICTS[Number(event.key) - 1];
    const places: Readonly<Record<string, number>> = {
      ArrowUp: index - 1,
      ArrowDown: index + 1,
      Home: 0,
      End: 9,
    };
    const to = places[event.key];
    if (to !== undefined) focus(to);
    else if (verdict !== undefined && props.mayWrite) props.onVerdict(code, verdict);
    else if (event.key === 'Enter') props.onEnter();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <table ref={table} className="inspection-table" aria-label={say.table}>
      <colgroup>
        <col className="inspection-section-column" />
        <col className="inspection-group-column" />
        <col className="inspection-item-column" />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th colSpan={3} scope="colgroup">
            {INSPECTION_COLUMNS.what}
          </th>
          <th scope="col">{INSPECTION_COLUMNS.situation}</th>
        </tr>
      </thead>
      <tbody>
        {INSPECTION_ITEMS.map((item, index) => {
          const { code } = item;
          const said = props.saidOf(code);
          const isChosen = code === props.chosen;
          const mark = props.marked.get(code);
          return (
            <tr key={code} className={isChosen ? 'inspection-chosen' : undefined}>
              <Side column="section" index={index} />
              <Side column="group" index={index} />
              <td>{item.text}</td>
              <td>
                <button
                  type="button"
                  data-item={code}
                  tabIndex={isChosen ? 0 : -1}
                  aria-keyshortcuts="ArrowUp ArrowDown 1 2 3 4"
                  aria-label={`${item.text} ${said.verdict === null ? say.unsaid : ITEM_VERDICT_NAMES[said.verdict]}`}
                  className="inspection-cell"
                  onFocus={() => props.onChoose(code)}
                  onClick={() => props.onChoose(code)}
                  onKeyDown={(event) => onKeyDown(event, code, index)}
                >
                  {said.verdict === null ? (
                    <span className="note">{item.isRequired ? say.unsaid : say.afterEvent}</span>
                  ) : (
                    <span className={`badge ${VERDICT_SOFT[said.verdict]}`}>
                      {ITEM_VERDICT_NAMES[said.verdict]}
                    </span>
                  )}
                  {said.mendBy !== null && said.mendBy !== '' && (
                    <span className="note"> {say.mendBy(said.mendBy)}</span>
                  )}
                  {mark !== undefined && <span className="badge soft-amber inspection-mark">{mark}</span>}
                  {said.situation !== '' && (
                    <span className="inspection-situation">
                      <OutsideText text={said.situation} />
                    </span>
                  )}
                </button>
              </td>
            </tr>
          );
        })}
        <tr>
          <td colSpan={4}>{INSPECTION_REMARK}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** Once for all the rows that it spans. */
function Side(props: { readonly column: 'section' | 'group'; readonly index: number }): ReactElement | null {
  const { column, index } = props;
  const text = INSPECTION_ITEMS[index]?.[column];
  if (text === undefined || INSPECTION_ITEMS[index - 1]?.[column] === text) return null;
  const rows = INSPECTION_ITEMS.filter((item) => item[column] === text).length;
  return (
    <th scope="rowgroup" rowSpan={rows} className="inspection-side">
      {text}
    </th>
  );
}
