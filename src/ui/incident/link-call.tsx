/** 关联确认电话: the talks that may belong to a report; one with anybody but a superior office is asked about once more. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { IncidentView, LinkableCall } from '../../duty/incident-view.ts';
import { listMoment } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { incidentWords as say } from './words.ts';

export function LinkCall(props: {
  readonly talks: readonly LinkableCall[];
  readonly now: number;
  readonly onLink: (call: string, confirmed: boolean) => void;
  readonly onCancel: () => void;
}): ReactElement {
  const [asked, setAsked] = useState<LinkableCall | null>(null);
  const stay = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The question has the keys, and its first answer is the one that changes nothing.
    if (asked !== null) stay.current?.querySelector('button')?.focus();
  }, [asked]);
  const named = ({ answeredAt, unit, number, isOut }: LinkableCall) =>
    say.link.talk(listMoment(answeredAt, props.now), isOut, unit ?? '', number);
  if (asked !== null)
    return (
      <div className="incident-actions" role="alert" ref={stay}>
        <span className="wrong">
          <OutsideText text={say.link.stranger(named(asked))} />
        </span>
        <Button onClick={() => setAsked(null)}>{say.link.other}</Button>
        <Button onClick={() => props.onLink(asked.call, true)}>{say.link.meant}</Button>
      </div>
    );
  return (
    <section className="incident-actions" aria-label={say.report.link}>
      {props.talks.map((talk) => (
        <Button
          key={talk.call}
          onClick={() => (talk.superior ? props.onLink(talk.call, false) : setAsked(talk))}
        >
          <OutsideText text={named(talk)} />
          {!talk.superior && <span className="incident-mark soft-amber">{say.link.notSuperior}</span>}
        </Button>
      ))}
      <Button onClick={props.onCancel}>{say.form.cancel}</Button>
    </section>
  );
}

/** What may be linked to a report: a 电话报告 is a talk with a superior office since 接报, a paper is confirmed in any. */
export function talksFor(
  { offers, talks, reports }: Pick<IncidentView, 'offers' | 'talks' | 'reports'>,
  report: string,
): readonly LinkableCall[] {
  const used = new Set(reports.flatMap(({ call, withdrawn }) => (withdrawn ? [] : (call ?? []))));
  const free = talks.filter(({ call }) => !used.has(call));
  if (reports.find(({ id }) => id === report)?.channel !== 'telephone')
    return [...free.filter(({ superior }) => superior), ...free.filter(({ superior }) => !superior)];
  const proving = new Set(offers.map(({ call }) => call));
  return free.filter(({ call }) => proving.has(call));
}
