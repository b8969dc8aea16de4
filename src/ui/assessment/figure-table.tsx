/** A table of 考核. Every figure that counts something opens the list of what it counts. */
import type { ReactElement } from 'react';
import type { Figure } from '../../duty/assessment/figure.ts';
import type { Way } from '../../duty/assessment/table.ts';
import type { NamedRow } from '../../duty/assessment/view.ts';
import { OutsideText } from '../outside-text.tsx';
import { GROUPS } from './columns.ts';
import { assessmentWords as say } from './words.ts';

export interface Chosen {
  readonly figure: Figure;
  readonly key: string;
  readonly name: string;
}

export function FigureTable(props: {
  readonly way: Way;
  readonly rows: readonly NamedRow[];
  /** Null: on paper. */
  readonly onChoose: ((chosen: Chosen) => void) | null;
}): ReactElement {
  return (
    <table className="assessment-table">
      <thead>
        <tr>
          <th rowSpan={2} scope="col">
            {say.first[props.way]}
          </th>
          {GROUPS.map(({ name, figures, middle }) => (
            <th key={name} colSpan={figures.length + (middle === null ? 0 : 1)} scope="colgroup">
              {name}
            </th>
          ))}
        </tr>
        <tr>
          {GROUPS.flatMap(({ figures, middle }) => [
            ...figures.map((figure) => (
              <th key={figure} scope="col">
                {say.figures[figure]}
              </th>
            )),
            ...(middle === null
              ? []
              : [
                  <th key={middle.title} scope="col">
                    {middle.title}
                  </th>,
                ]),
          ])}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">
              <OutsideText text={row.name} />
            </th>
            {GROUPS.flatMap(({ figures, middle }) => [
              ...figures.map((figure) => (
                <td key={figure}>
                  <Count row={row} figure={figure} onChoose={props.onChoose} />
                </td>
              )),
              ...(middle === null ? [] : [<td key={middle.title}>{middle.shown(row)}</td>]),
            ])}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Count(props: {
  readonly row: NamedRow;
  readonly figure: Figure;
  /** Null: on paper. */
  readonly onChoose: ((chosen: Chosen) => void) | null;
}): ReactElement {
  const { row, figure, onChoose } = props;
  const count = row.counts[figure];
  if (count === null) return <span title={say.notSaid}>{say.unknown}</span>;
  if (count === 0 || onChoose === null) return <>{count}</>;
  return (
    <button
      type="button"
      className="text-button"
      aria-label={`${row.name} ${say.figures[figure]} ${count}`}
      onClick={() => onChoose({ figure, key: row.key, name: row.name })}
    >
      {count}
    </button>
  );
}
