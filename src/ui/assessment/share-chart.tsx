/** One bar for each row of the table: how many calls were answered in time. Plain SVG; the table beside it says the same in numbers. */
import type { ReactElement } from 'react';
import type { NamedRow } from '../../duty/assessment/view.ts';
import { shareInTime } from './columns.ts';
import { assessmentWords as say } from './words.ts';

const ROW = 22;
const NAME = 200;
const BAR = 400;
/** A chart of more is no picture any more; the table has them all. */
const MOST = 62;

export function ShareChart({ rows }: { readonly rows: readonly NamedRow[] }): ReactElement | null {
  const bars = rows.flatMap((row) => {
    const share = shareInTime(row);
    return share === null ? [] : [{ row, share }];
  });
  if (bars.length === 0) return null;
  const shown = bars.slice(0, MOST);
  const height = shown.length * ROW + 4;
  return (
    <figure className="assessment-chart">
      <figcaption>{say.chart}</figcaption>
      <svg viewBox={`0 0 ${NAME + BAR + 60} ${height}`} role="img" aria-label={say.chart}>
        {shown.map(({ row, share }, index) => (
          <g key={row.key} transform={`translate(0 ${index * ROW})`}>
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
