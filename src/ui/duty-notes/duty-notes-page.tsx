/** The one page itself, the same on the screen and on paper. */
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { type DutyNotes, type Whereabouts, whereaboutsTroubles } from '../../duty/duty-notes.ts';
import type { DutyNotesView, DutyPerson, ShiftView } from '../../web/protocol/duty-notes-view.ts';
import { typedForm } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { hiddenParts } from './hand-written.ts';
import { dutyNotesWords as say } from './words.ts';

export function DutyNotesPage(props: {
  readonly view: DutyNotesView<DutyNotes>;
  readonly lines: readonly string[];
  /** Server time, ms UTC. */
  readonly now: number;
}): ReactElement {
  const { view, now } = props;
  const { notes } = view;
  const hidden = hiddenParts(view);
  return (
    <>
      {hidden.length > 0 && <p className="note">{say.hidden(hidden)}</p>}
      <div className="duty-columns">
        <div>
          <Part title={say.running}>
            <Shift shift={view.running} />
            {notes.leaderContact !== '' && <p>{notes.leaderContact}</p>}
          </Part>
          <Part title={say.whereabouts}>
            {whereaboutsTroubles(notes, now).map((trouble) => (
              <p key={`${trouble.kind} ${'name' in trouble ? trouble.name : ''}`} className="duty-warning">
                {trouble.kind === 'missing'
                  ? say.troubles.missing()
                  : say.troubles[trouble.kind](trouble.name)}
              </p>
            ))}
            {notes.whereabouts.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name.
              <Head key={index} one={one} />
            ))}
          </Part>
          <Part title={say.next}>
            {view.reportsDue.map(({ name, from, to, dueAt, state }) => (
              <p key={from} className={state === 'coming' ? 'note' : 'duty-warning'}>
                {say.reportDue(name, say.span(from, to), typedForm(dueAt).slice(0, 10))}
              </p>
            ))}
            {view.next === null ? <p className="empty-say">{say.noNext}</p> : <Shift shift={view.next} />}
          </Part>
        </div>
        <div>
          <Part title={say.superiors}>
            {notes.superiors.length === 0 && <p className="empty-say">{say.noSuperiors}</p>}
            <dl className="duty-pairs duty-superiors">
              {notes.superiors.map(({ name, number }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name.
                <div key={index}>
                  <dt>
                    <OutsideText text={name} />
                  </dt>
                  <dd className="duty-number">
                    <OutsideText text={number} />
                  </dd>
                </div>
              ))}
            </dl>
          </Part>
          <Part title={say.reporting}>
            <p className="duty-limits">
              <span>
                {say.phoneLimit} <strong>{say.within(notes.phoneMinutes)}</strong>
              </span>
              <span>
                {say.writtenLimit} <strong>{say.within(notes.writtenMinutes)}</strong>
              </span>
            </p>
            <p className="duty-text">{notes.reporting}</p>
          </Part>
          <Part title={say.lines}>
            <p className="duty-number">{props.lines.join('、')}</p>
          </Part>
          {notes.other !== '' && (
            <Part title={say.other}>
              <p className="duty-text">{notes.other}</p>
            </Part>
          )}
        </div>
      </div>
    </>
  );
}

function Part(props: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className="duty-part">
      <h3>{props.title}</h3>
      {props.children}
    </section>
  );
}

function Shift({ shift }: { readonly shift: ShiftView }): ReactElement {
  return (
    <>
      <p className="note">
        {shift.from === null || shift.to === null
          ? say.standing
          : `${shift.names.join('、')} ${say.span(typedForm(shift.from), typedForm(shift.to))}`}
      </p>
      <dl className="duty-pairs">
        <People word={say.leader} people={shift.leaders} asksPhone />
        <People word={say.officer} people={shift.officers} asksPhone={false} />
        {shift.standby.length > 0 && <People word={say.standby} people={shift.standby} asksPhone={false} />}
      </dl>
    </>
  );
}

function People(props: {
  readonly word: string;
  readonly people: readonly DutyPerson[];
  readonly asksPhone: boolean;
}): ReactElement {
  return (
    <div>
      <dt>{props.word}</dt>
      <dd>
        {props.people.length === 0 && <span className="duty-warning">{say.unassigned}</span>}
        {props.people.map(({ name, title, phone }) => (
          <Fragment key={`${name} ${phone}`}>
            <span className="duty-person">
              <strong>{name}</strong> {title}{' '}
              {phone ?? (props.asksPhone ? <span className="note">{say.noPhone}</span> : '')}
            </span>
          </Fragment>
        ))}
      </dd>
    </div>
  );
}

function Head({ one }: { readonly one: Whereabouts }): ReactElement {
  const pairs: readonly (readonly [string, string])[] = [
    [say.contact, one.contact],
    ...(one.state === 'away'
      ? ([
          [say.place, one.place],
          [say.from, one.from === null ? '' : typedForm(one.from)],
          [say.to, one.to === null ? '' : typedForm(one.to)],
          [say.actingLong, one.acting],
        ] as const)
      : []),
  ];
  return (
    <div className="duty-head">
      <p>
        <strong>
          <OutsideText text={one.name} />
        </strong>{' '}
        <OutsideText text={one.title} />
        <b className={`duty-state duty-${one.state}`}>{say.states[one.state]}</b>
      </p>
      <p className="duty-facts">
        {pairs
          .filter(([, text]) => text !== '')
          .map(([word, text]) => (
            <span key={word}>
              <span className="note">{word}</span> <OutsideText text={text} />
            </span>
          ))}
      </p>
    </div>
  );
}
