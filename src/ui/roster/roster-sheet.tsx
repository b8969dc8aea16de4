/** 值班表 on paper: hidden on the screen, alone on A4. Names with titles and telephones, as it is pinned to the wall. */
import { type ReactElement, useEffect } from 'react';
import { createPortal } from 'react-dom';
import type { Post } from '../../duty/roster-plan.ts';
import type { RosterShiftView, RosterView } from '../../duty/roster-view.ts';
import { clockMinute, typedForm } from '../format.ts';
import { weekdayOf } from './calendar.ts';
import { standOf } from './marks.ts';
import { rosterWords as say } from './words.ts';

/** Who counts: where nothing dated does, 长期安排 in the first role of each kind. */
function postsOn({ posts }: RosterShiftView, { rules, standing }: RosterView): readonly Post[] {
  if (posts.length > 0) return posts;
  const put = (kind: 'leader' | 'officer', people: readonly string[]) => {
    const role = rules.roles.find((one) => one.kind === kind)?.name ?? '';
    return people.map((person): Post => ({ role, kind, person }));
  };
  return [...put('leader', standing.leaders), ...put('officer', standing.officers)];
}

export function RosterSheet(props: {
  readonly view: RosterView;
  readonly room: string;
  readonly span: { readonly from: string; readonly to: string };
}): ReactElement {
  const { view, span } = props;
  useEffect(() => {
    document.body.classList.add('roster-open');
    return () => document.body.classList.remove('roster-open');
  }, []);
  const shifts = view.shifts.filter(({ day }) => span.from <= day && day <= span.to);
  const roles = [
    ...new Set([
      ...view.rules.roles.map(({ name }) => name),
      ...shifts.flatMap(({ posts }) => posts.map(({ role }) => role)),
    ]),
  ].filter((role) => shifts.some((shift) => postsOn(shift, view).some((post) => post.role === role)));
  const isDraft = shifts.some((shift) => ['unpublished', 'changed'].includes(standOf(shift)));
  return createPortal(
    <article className="roster-sheet" aria-hidden="true">
      <h1>{`${props.room}${say.title}`}</h1>
      <p className="roster-sheet-span">{`${say.span(span.from, span.to)}${isDraft ? say.sheetDraft : ''}`}</p>
      <table>
        <thead>
          <tr>
            <th>{say.sheetColumns.day}</th>
            <th>{say.sheetColumns.part}</th>
            <th>{say.sheetColumns.hours}</th>
            {roles.map((role) => (
              <th key={role}>{role}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shifts.map((shift) => (
            <tr key={shift.from}>
              <td className="roster-sheet-line">{`${shift.day.slice(5)} ${say.weekday(say.weekdays[weekdayOf(shift.day)] ?? '')}`}</td>
              <td className="roster-sheet-line">{shift.name}</td>
              <td className="roster-sheet-line">{`${clockMinute(shift.from)}–${clockMinute(shift.to)}`}</td>
              {roles.map((role) => (
                <td key={role}>
                  {postsOn(shift, view)
                    .filter((post) => post.role === role)
                    .map(({ person }) => {
                      const found = view.people.find(({ id }) => id === person);
                      return (
                        <span key={person} className="roster-sheet-person">
                          {[found?.name ?? person, found?.title].filter(Boolean).join(' ')}{' '}
                          <span className="roster-sheet-line">{found?.phone}</span>
                        </span>
                      );
                    })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p>{say.sheetNote(typedForm(view.at))}</p>
    </article>,
    document.body,
  );
}
