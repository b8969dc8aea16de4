/** 考核 on paper: hidden on the screen, alone on A4 across. */
import { type ReactElement, useEffect } from 'react';
import { createPortal } from 'react-dom';
import type { Way } from '../../duty/assessment/table.ts';
import type { NamedRow } from '../../duty/assessment/view.ts';
import { FigureTable } from './figure-table.tsx';
import { ShareChart } from './share-chart.tsx';
import { assessmentWords as say } from './words.ts';

/** More bars than these stand in two columns. */
const BESIDE = 6;

export function AssessmentSheet(props: {
  readonly way: Way;
  readonly rows: readonly NamedRow[];
  readonly span: string;
  readonly explain: string;
}): ReactElement {
  useEffect(() => {
    document.body.classList.add('assessment-open');
    return () => document.body.classList.remove('assessment-open');
  }, []);
  return createPortal(
    <article className="assessment-sheet" aria-hidden="true">
      <h1>{say.sheet(say.ways[props.way])}</h1>
      <p>{props.span}</p>
      <FigureTable way={props.way} rows={props.rows} onChoose={null} />
      <p>{props.explain}</p>
      <ShareChart rows={props.rows} columns={props.rows.length > BESIDE ? 2 : 1} />
    </article>,
    document.body,
  );
}
