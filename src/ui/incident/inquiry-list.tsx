/** 核实 from above, and what was answered to each. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import type { InquiryView } from '../../duty/incident-view.ts';
import { listMoment } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { incidentWords as say } from './words.ts';

export function InquiryList(props: {
  readonly inquiries: readonly InquiryView[];
  readonly now: number;
  readonly mayWrite: boolean;
  readonly onAnswer: (inquiry: string, asked: string) => void;
}): ReactElement | null {
  const { inquiries, now } = props;
  if (inquiries.length === 0) return null;
  return (
    <section aria-label={say.inquiry.list}>
      <h3>{say.inquiry.list}</h3>
      {inquiries.map(({ id, askedAt, from, text, answer, answeredAt, by }) => (
        <div key={id} className="incident-report">
          <p>
            <OutsideText text={say.inquiry.asked(listMoment(askedAt, now), from)} />
          </p>
          <p className="incident-text">
            <OutsideText text={text} />
          </p>
          {answeredAt === null ? (
            props.mayWrite && (
              <p className="incident-actions">
                <Button size="small" onClick={() => props.onAnswer(id, text)}>
                  {say.inquiry.answer}
                </Button>
              </p>
            )
          ) : (
            <p>
              <span className="note">{say.inquiry.answered(listMoment(answeredAt, now), say.by(by))}</span>{' '}
              <OutsideText text={answer ?? ''} />
            </p>
          )}
        </div>
      ))}
    </section>
  );
}
