/** 关联确认电话: the talks that may belong to a report; one with anybody but a superior office is asked about once more. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { IncidentView, LinkableCall } from '../../duty/incident-view.ts';
import { listMoment } from '../format.ts';
import { movedFocus } from '../moved-focus.ts';
import { OutsideText } from '../outside-text.tsx';
import { incidentWords as say } from './words.ts';

export function LinkCall(props: {
  readonly talks: readonly LinkableCall[];
  readonly now: number;
  readonly onLink: (call: string, confirmed: boolean) => void;
  readonly onCancel: () => void;
}): ReactElement {
  const { talks, now, onLink } = props;
  const [asked, setAsked] = useState<LinkableCall | null>(null);
  return asked === null ? (
    <section className="incident-talks" aria-label={say.report.link}>
      <h3>{say.report.link}</h3>
      <TalkList
        talks={talks}
        now={now}
        onTake={(talk) => (talk.superior ? onLink(talk.call, false) : setAsked(talk))}
      />
      <Button onClick={props.onCancel}>{say.form.cancel}</Button>
    </section>
  ) : (
    <Question
      said={say.link.stranger(named(asked, now))}
      onOther={() => setAsked(null)}
      onMeant={() => onLink(asked.call, true)}
    />
  );
}

/** Arrows, Home and End move in it. */
function TalkList(props: {
  readonly talks: readonly LinkableCall[];
  readonly now: number;
  readonly onTake: (talk: LinkableCall) => void;
}): ReactElement {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  return (
    <ul className="incident-talk-list" ref={list} onKeyDown={(event) => movedFocus(event, 'button')}>
      {props.talks.map((talk) => (
        <li key={talk.call}>
          <button type="button" aria-keyshortcuts="ArrowUp ArrowDown" onClick={() => props.onTake(talk)}>
            <OutsideText text={named(talk, props.now)} />
            {!talk.superior && <span className="incident-mark soft-amber">{say.link.notSuperior}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Its first answer is the one that changes nothing. */
function Question(props: {
  readonly said: string;
  readonly onOther: () => void;
  readonly onMeant: () => void;
}): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('button')?.focus(), []);
  return (
    <div className="incident-actions" role="alert" ref={box}>
      <span className="wrong">
        <OutsideText text={props.said} />
      </span>
      <Button onClick={props.onOther}>{say.link.other}</Button>
      <Button onClick={props.onMeant}>{say.link.meant}</Button>
    </div>
  );
}

function named({ answeredAt, unit, number, isOut }: LinkableCall, now: number): string {
  return say.link.talk(listMoment(answeredAt, now), isOut, unit ?? '', number);
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
