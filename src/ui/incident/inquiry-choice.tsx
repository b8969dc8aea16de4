/** Which inquiry a 核报 answers: the one that runs, when only one does; else a person says it. */
import type { ReactElement } from 'react';
import type { IncidentView } from '../../duty/incident-view.ts';
import { listMoment } from '../format.ts';
import { incidentWords as say } from './words.ts';

/** An inquiry; `none`: it answers none of them; `open`: several run and nobody has said which. */
export type AskedChoice = string;

export function presetInquiry({ inquiries }: Pick<IncidentView, 'inquiries'>): AskedChoice {
  const running = inquiries.filter(({ answeredAt }) => answeredAt === null);
  if (running.length > 1) return 'open';
  return running[0]?.id ?? 'none';
}

export function InquiryChoice(props: {
  readonly incident: Pick<IncidentView, 'inquiries'>;
  readonly now: number;
  readonly chosen: AskedChoice;
  readonly onChoose: (chosen: AskedChoice) => void;
}): ReactElement {
  const { now, chosen } = props;
  const { inquiries } = props.incident;
  // Those that still run first.
  const listed = [
    ...inquiries.filter(({ answeredAt }) => answeredAt === null),
    ...inquiries.filter(({ answeredAt }) => answeredAt !== null),
  ];
  return (
    <label>
      <span>{say.inquiry.which}</span>
      <select value={chosen} onChange={(event) => props.onChoose(event.target.value)}>
        {chosen === 'open' && <option value="open">{say.inquiry.choose}</option>}
        {listed.map(({ id, askedAt, from, text, answeredAt }) => (
          <option key={id} value={id}>
            {say.inquiry.option(listMoment(askedAt, now), from, text.slice(0, 40), answeredAt !== null)}
          </option>
        ))}
        <option value="none">{say.inquiry.noneOfThem}</option>
      </select>
    </label>
  );
}
