/** One bar for each row of the table: how many calls were answered in time. Plain SVG; the table beside it says the same in numbers. */
import type { ReactElement } from 'react';
import type { NamedRow } from '../../duty/assessment/view.ts';
import { shareInTime } from './columns.ts';
import { assessmentWords as say } from './words.ts';

const ROW = 22;
const NAME = 200;
const BAR = 400;
/** Of one column of bars, with the percentages. */
const WIDTH = NAME + BAR + 60;
/** A chart of more is no picture any more; the table has them all. */
const MOST = 62;

export function ShareChart(props: {
  readonly rows: readonly NamedRow[];
  /** Beside each other, so that on paper the chart stands below its table. */
  readonly columns: 1 | 2;
}): ReactElement | null {
  const { rows, columns } = props;
  const bars = rows.flatMap((row) => {
    const share = shareInTime(row);
    return share === null ? [] : [{ row, share }];
  });
  if (bars.length === 0) return null;
  const shown = bars.slice(0, MOST);
  const below = Math.ceil(shown.length / columns);
  const height = below * ROW + 4;
  return (
    <figure className={columns === 1 ? 'assessment-chart' : 'assessment-chart assessment-chart-beside'}>
      <figcaption>{say.chart}</figcaption>
      <svg viewBox={`0 0 ${WIDTH * columns} ${height}`} role="img" aria-label={say.chart}>
        {shown.map(({ row, share }, index) => (
          <g
            key={row.key}
            transform={`translate(${Math.floor(index / below) * WIDTH} ${(index % below) * ROW})`}
          >
            <title>{say.bar(row.name, share, row.counts['in-time'] ?? 0, row.counts.calls ?? 0)}</title>
            <text x={NAME - 8} y={16} textAnchor="end">
              {shortened(row.name)}
            </text>
            <rect className="assessment-rail" x={NAME} y={4} width={BAR} height={ROW - 8} />
            <rect className="assessment-bar" x={NAME} y={4} width={BAR * share} height={ROW - 8} />
            <text x={NAME + BAR + 8} y={16}>
              {say.percent(share)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}

const LONGEST = 13;

function shortened(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : name;
}
