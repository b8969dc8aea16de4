/** 上级核实: what was asked, and with what it was answered: a 核报 with its paper and its call, or a word of it. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { CHANNEL_NAMES } from '../../duty/incident-names.ts';
import type { IncidentView, InquiryView } from '../../duty/incident-view.ts';
import { listMoment } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { paperOf } from './paper-address.ts';
import { incidentWords as say } from './words.ts';

interface InquiryListProps {
  readonly incident: IncidentView;
  readonly now: number;
  readonly mayHear: boolean;
  /** 反馈 by a word of it. */
  readonly onAnswer: (inquiry: string, asked: string) => void;
  /** 反馈 by a 核报. */
  readonly onVerify: (inquiry: string) => void;
  readonly onListen: (call: string) => void;
}

export function InquiryList(props: InquiryListProps): ReactElement | null {
  const { inquiries } = props.incident;
  if (inquiries.length === 0) return null;
  return (
    <section aria-label={say.inquiry.list}>
      <h3>{say.inquiry.list}</h3>
      {inquiries.map((inquiry) => (
        <OneInquiry key={inquiry.id} inquiry={inquiry} {...props} />
      ))}
    </section>
  );
}

function OneInquiry(props: InquiryListProps & { readonly inquiry: InquiryView }): ReactElement {
  const { incident, inquiry, now } = props;
  const { id, askedAt, from, text, answer, answeredAt, by } = inquiry;
  const isOwed = answeredAt === null && incident.mayWrite && incident.shut === null;
  return (
    <div className="incident-report">
      <p>
        <OutsideText text={say.inquiry.asked(listMoment(askedAt, now), from)} />
      </p>
      <p className="incident-text">
        <OutsideText text={text} />
      </p>
      {answeredAt !== null && (
        <p>
          <span className="note">{say.inquiry.answered(listMoment(answeredAt, now), say.by(by))}</span>{' '}
          <OutsideText text={answer ?? ''} />
        </p>
      )}
      <Evidence {...props} />
      {isOwed && (
        <p className="incident-actions">
          <Button size="small" onClick={() => props.onVerify(id)}>
            {say.inquiry.verify}
          </Button>
          <Button size="small" onClick={() => props.onAnswer(id, text)}>
            {say.inquiry.answer}
          </Button>
        </p>
      )}
    </div>
  );
}

/** The 核报 that answer it. */
function Evidence({
  incident,
  inquiry,
  now,
  mayHear,
  onListen,
}: InquiryListProps & { readonly inquiry: InquiryView }): ReactElement {
  const answers = incident.reports.filter(({ inquiry: of, withdrawn }) => of === inquiry.id && !withdrawn);
  return (
    <>
      {answers.map(({ id, channel, sentAt, call }) => (
        <p key={id} className="incident-actions">
          <span>{say.inquiry.byReport(listMoment(sentAt, now), CHANNEL_NAMES[channel])}</span>
          {incident.shut === null && (
            <Button size="small" href={paperOf(incident.id, id, 'html')} target="_blank">
              {say.report.print}
            </Button>
          )}
          {call !== null && mayHear && (
            <Button size="small" onClick={() => onListen(call)}>
              {say.report.listen}
            </Button>
          )}
        </p>
      ))}
    </>
  );
}
