/** What the telephone knows of this call: marks, course, sound, and what was before with the same number. */
import { Fragment, type ReactElement, type ReactNode, type RefObject, useMemo } from 'react';
import type { CallView } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { beginning, isolated, rawNumber } from './bidi.ts';
import { CallNotes } from './call-notes.tsx';
import { CallbackCard } from './callback-card.tsx';
import { inCourse } from './course-order.ts';
import { clockSecond, duration, listMoment, sameNumber } from './format.ts';
import { OutsideText, Who } from './outside-text.tsx';
import { Player, type PlayerHandle } from './player.tsx';
import { isUnreadable, ringMs, saidAnswerer, saidForgery, saidStep } from './saying.ts';
import { Secrecy } from './secrecy-panel.tsx';
import { Badge, RecordMark } from './state-mark.tsx';
import { ToDirectory } from './to-directory.tsx';
import { useDesk, useDeskState } from './use-desk.tsx';
import { words } from './words.ts';
import { earlierCalls, otherSide } from './work-items.ts';

export function FactsPane(props: {
  readonly ref: RefObject<PlayerHandle | null>;
  readonly record: RecordView | null;
  readonly call: CallView | null;
  readonly head: ReactNode;
}): ReactElement {
  const { call, record } = props;
  return (
    <aside className="facts" aria-label={words.form.facts}>
      <header className="facts-head">{props.head}</header>
      {call === null ? (
        <>
          <p className="empty-say">{record === null ? words.facts.noneChosen : words.facts.noCall}</p>
          {record !== null && <Secrecy key={record.id} of="record" items={[{ ...record, name: '' }]} />}
        </>
      ) : (
        <>
          <Marks call={call} />
          <CallbackCard call={call} />
          <Course call={call} />
          <section>
            <h2>{words.facts.recording}</h2>
            {call.shut === null && <Player ref={props.ref} call={call} />}
            <Secrecy of="call" items={[{ ...call, name: '' }]} />
          </section>
          <CallNotes call={call} onSeek={(moment) => props.ref.current?.goTo(moment)} />
          <Before call={call} record={record} />
        </>
      )}
    </aside>
  );
}

function Marks({ call }: { readonly call: CallView }): ReactElement | null {
  const marks: ReactElement[] = [];
  const mark = (tone: 'red' | 'amber' | 'grey', word: string): void => {
    marks.push(<Badge key={word} tone={tone} mark={tone === 'grey' ? 'question' : 'triangle'} word={word} />);
  };
  if (call.recovered) mark('grey', words.facts.recovered);
  if (call.tampered) mark('red', saidForgery(call));
  if (call.leftPremises)
    mark('red', call.leftTo === null ? words.facts.leftUnknown : words.facts.left(isolated(call.leftTo)));
  if (call.diverted === true) mark('amber', words.facts.diverted);
  if (call.preAnswerAudio === 'music') mark('amber', words.facts.music);
  if (call.preAnswerAudio === 'announcement') mark('grey', words.facts.announcement);
  if (call.preAnswerAudio === 'early-answer') mark('grey', words.facts.earlyAnswer);
  if (!call.complete && call.phase === 'ended') mark('amber', words.facts.incomplete);
  if (call.needsAttention) mark('amber', words.facts.attention);
  return marks.length === 0 ? null : <div className="marks">{marks}</div>;
}

function Course({ call }: { readonly call: CallView }): ReactElement {
  const room = useDeskState((state) => state.room);
  const ring = ringMs(call);
  const talk = call.answeredAt === null || call.endedAt === null ? null : call.endedAt - call.answeredAt;
  const story = [
    ring === null ? '' : `${words.facts.ringTime} ${duration(ring)}`,
    talk === null ? '' : `${words.facts.talkTime} ${duration(talk)}`,
    call.answeredBy === null ? '' : words.strip.answeredAt(saidAnswerer(call, room)),
    call.phase === 'ended' && call.hungUpBy !== 'unknown' ? words.facts.hungUpBy[call.hungUpBy] : '',
  ].filter((part) => part !== '');
  const steps = inCourse(call.course).filter((step) => words.course[step.kind] !== undefined);
  return (
    <section>
      <h2>{words.facts.course}</h2>
      <dl className="numbers">
        <Pair name={words.facts.rawNumber} value={saidRaw(call)} />
        {call.caller.name !== null && <Pair name={words.facts.nameSent} value={call.caller.name} />}
        {call.direction === 'inbound' && <Pair name={words.facts.line} value={call.line ?? call.dialled} />}
      </dl>
      <ToDirectory call={call} />
      {story.length > 0 && (
        <p className="call-story">
          {story.map((part, index) => (
            <Fragment key={part}>
              {index > 0 && ' '}
              <span>{index < story.length - 1 ? `${part} ·` : part}</span>
            </Fragment>
          ))}
        </p>
      )}
      <ol className="course">
        {steps.map((step) => (
          <li key={`${step.kind} ${step.at} ${JSON.stringify(step.detail)}`}>
            <time>{clockSecond(step.at)}</time>
            <span>
              {words.course[step.kind]}
              {saidStep(step, room).map((part) => (
                <Fragment key={part}>
                  {' '}
                  <OutsideText text={part} />
                </Fragment>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Pair(props: { readonly name: string; readonly value: string }): ReactElement {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        <OutsideText text={props.value} />
      </dd>
    </div>
  );
}

function saidRaw(call: CallView): string {
  const raw = call.direction === 'outbound' ? call.dialled : call.caller.number;
  if (raw !== null) return rawNumber(raw);
  return isUnreadable(call) ? words.numberUnreadable : words.numberHidden;
}

function contentOf(record: RecordView | undefined): string {
  return record?.fields.content.value ?? '';
}

const EARLIER_SHOWN = 3;

function Before(props: { readonly call: CallView; readonly record: RecordView | null }): ReactElement {
  const { store } = useDesk();
  const { call, record } = props;
  const calls = useDeskState((state) => state.calls);
  const records = useDeskState((state) => state.records);
  const earlier = useMemo(() => earlierCalls(call, { calls }).slice(0, EARLIER_SHOWN), [call, calls]);
  const open = [...records.values()].filter(
    (other) =>
      other.id !== record?.id &&
      (other.state === 'draft' || other.state === 'in-hand' || other.state === 'registered') &&
      sameNumber(other.fields.callerNumber.value, otherSide(call)),
  );
  const now = store.now();
  const show = (selected: { kind: 'call' | 'record'; id: string }) => () =>
    store.dispatch({ type: 'select', selected });
  return (
    <>
      <section>
        <h2>{words.facts.previous}</h2>
        {earlier.length === 0 && <p className="empty-say">{words.facts.none}</p>}
        {earlier.map((other) => (
          <button
            key={other.id}
            type="button"
            className="before"
            onClick={show({ kind: 'call', id: other.id })}
          >
            <time>{listMoment(other.startedAt, now)}</time>
            <span>
              <Who call={other} record={other.record === null ? null : (records.get(other.record) ?? null)} />
            </span>
            <span className="before-matter">
              <OutsideText text={beginning(contentOf(records.get(other.record ?? '')), 30)} />
            </span>
          </button>
        ))}
      </section>
      <section>
        <h2>{words.facts.sameNumber}</h2>
        {open.length === 0 && <p className="empty-say">{words.facts.none}</p>}
        {open.map((other) => (
          <button
            key={other.id}
            type="button"
            className="before"
            onClick={show(
              other.call === null ? { kind: 'record', id: other.id } : { kind: 'call', id: other.call },
            )}
          >
            <time>{listMoment(other.openedAt, now)}</time>
            <RecordMark state={other.state} />
            <span className="before-matter">
              <OutsideText text={beginning(contentOf(other), 30)} />
            </span>
          </button>
        ))}
      </section>
    </>
  );
}
