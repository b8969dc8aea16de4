/** One shift: who has which post, changed in place and saved at once; its 换班 and everything that ever changed in it. */
import { type ReactElement, type RefObject, useEffect, useRef, useState } from 'react';
import type { Post } from '../../duty/roster-plan.ts';
import type { DutyRole } from '../../duty/roster-rules.ts';
import type { RosterChangeView, RosterShiftView, RosterView } from '../../duty/roster-view.ts';
import { clockMinute, listMoment } from '../format.ts';
import { isGrave, marksOf, standOf } from './marks.ts';
import { personTyped } from './person-typed.ts';
import { RoleLine } from './role-line.tsx';
import type { RosterState } from './roster-api.ts';
import { shiftTitle } from './shift-title.ts';
import { SwapPart } from './swap-part.tsx';
import { rosterWords as say } from './words.ts';

export function ShiftPanel(props: {
  readonly desk: RosterState;
  readonly view: RosterView;
  readonly shift: RosterShiftView;
  /** True once when the caret is to go to the first role: arrows in the table must not lose it to here. */
  readonly wantsFocus: RefObject<boolean>;
}): ReactElement {
  const { desk, view, shift } = props;
  const [trouble, setTrouble] = useState<string | null>(null);
  const panel = useRef<HTMLElement>(null);
  const isOver = shift.to <= view.at;
  const mayEdit = view.mayEdit && !isOver;
  const stand = standOf(shift);
  useEffect(() => {
    if (!props.wantsFocus.current) return;
    props.wantsFocus.current = false;
    panel.current?.querySelector<HTMLElement>('.roster-role input')?.focus();
  });

  /** Gives why it was not written, null when it was. */
  async function put(posts: readonly Post[]): Promise<string | null> {
    const { from, to, name, revision } = shift;
    const refused = await desk.send('plan', { shifts: [{ from, to, name, base: revision, posts }] });
    setTrouble(refused);
    return refused;
  }
  async function add(role: DutyRole, typed: string): Promise<boolean> {
    const person = personTyped(typed, view.people);
    if (typeof person === 'string') {
      setTrouble(person);
      return false;
    }
    const refused = await put([...shift.posts, { role: role.name, kind: role.kind, person: person.id }]);
    return refused === null;
  }

  return (
    <section ref={panel} className="roster-panel-body" aria-label={shift.name}>
      <h2>{shiftTitle(shift)}</h2>
      <p className="note">
        {`${clockMinute(shift.from)}–${clockMinute(shift.to)}`}{' '}
        {stand !== 'empty' && (
          <span className={stand === 'published' ? 'badge soft-green' : 'badge soft-amber'}>
            {say[stand]}
          </span>
        )}{' '}
        {marksOf(shift, view.troubles).map((word) => (
          <span key={word} className={isGrave(word) ? 'badge soft-red' : 'badge soft-grey'}>
            {say.troubles[word]}
          </span>
        ))}
      </p>
      {!shift.inPattern && <p className="note">{say.notInPattern}</p>}
      {isOver && <p className="note">{say.over}</p>}
      {!view.mayEdit && <p className="note">{say.readOnly}</p>}
      {rolesOf(view, shift).map((role) => (
        <RoleLine
          key={`${role.kind} ${role.name}`}
          role={role}
          posts={shift.posts.filter((post) => post.role === role.name && post.kind === role.kind)}
          people={view.people}
          mayEdit={mayEdit}
          onAdd={(typed) => add(role, typed)}
          onRemove={(person) => void put(shift.posts.filter((post) => post.person !== person))}
        />
      ))}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      <SwapPart desk={desk} view={view} shift={shift} />
      <History desk={desk} view={view} shift={shift} />
    </section>
  );
}

/** Roles of the dictionary, then those that only this shift has still. */
function rolesOf(view: RosterView, shift: RosterShiftView): readonly DutyRole[] {
  const roles = view.rules.roles;
  const old = shift.posts.flatMap(({ role: name, kind }) =>
    roles.some((role) => role.name === name && role.kind === kind) ? [] : [{ name, kind }],
  );
  return [...roles, ...old.filter((one, at) => old.findIndex(({ name }) => name === one.name) === at)];
}

function History(props: {
  readonly desk: RosterState;
  readonly view: RosterView;
  readonly shift: RosterShiftView;
}): ReactElement {
  const { desk, view, shift } = props;
  const [changes, setChanges] = useState<readonly RosterChangeView[] | string | null>(null);
  const names = (posts: readonly Post[]) =>
    posts
      .map(({ role, person }) => `${role} ${view.people.find(({ id }) => id === person)?.name ?? person}`)
      .join(say.separator) || say.nobody;
  return (
    <details
      className="roster-history"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) void desk.changes(shift).then(setChanges);
      }}
    >
      <summary>{say.history}</summary>
      {typeof changes === 'string' && <p className="wrong">{changes}</p>}
      {Array.isArray(changes) && changes.length === 0 && <p className="note">{say.historyNone}</p>}
      {Array.isArray(changes) &&
        (changes as readonly RosterChangeView[]).map(({ what, before, after, at, by }) => (
          <p key={`${at} ${what}`} className="roster-change">
            <span className="note">{`${listMoment(at, view.at)} ${by ?? ''} ${wordFor(what)}`}</span>
            <span>{`${names(before)} → ${names(after)}`}</span>
          </p>
        ))}
    </details>
  );
}

function wordFor(what: string): string {
  return Object.entries(say.what).find(([name]) => name === what)?.[1] ?? what;
}
