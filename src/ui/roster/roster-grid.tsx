/** The days of a week or a month with their shifts: one cell has the focus, arrows move it, Enter opens its shift. */
import { type KeyboardEvent, type ReactElement, useEffect, useRef } from 'react';
import type { RosterShiftView, RosterView } from '../../duty/roster-view.ts';
import { Mark } from '../icons.tsx';
import { daysOf, type ViewKind, weekdayOf } from './calendar.ts';
import { isGrave, marksOf, standOf } from './marks.ts';
import { rosterWords as say } from './words.ts';

export interface Place {
  readonly day: string;
  /** Which shift of the day. */
  readonly index: number;
}

export function RosterGrid(props: {
  readonly view: RosterView;
  readonly kind: ViewKind;
  readonly today: string;
  /** Days of this month; those of others are shown pale. */
  readonly month: string;
  readonly chosen: Place;
  readonly onChoose: (place: Place) => void;
  readonly onOpen: (place: Place) => void;
  /** Beyond the first or last day. */
  readonly onLeave: (day: string) => void;
}): ReactElement {
  const { view, kind, chosen } = props;
  const days = daysOf(view);
  const of = (day: string) => view.shifts.filter((shift) => shift.day === day);
  const rows = kind === 'week' ? Math.max(1, ...days.map((day) => of(day).length)) : days.length / 7;
  const grid = useRef<HTMLTableElement>(null);
  const wantsFocus = useRef(false);
  useEffect(() => {
    const cell = grid.current?.querySelector<HTMLElement>('[tabindex="0"]');
    // The week it went to is still on its way: until then there is no such cell.
    if (!wantsFocus.current || cell == null) return;
    wantsFocus.current = false;
    cell.focus();
  });

  const { day: chosenDay, index: chosenIndex } = chosen;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another cell is chosen, or other days are shown.
  useEffect(() => {
    grid.current?.querySelector('.roster-chosen')?.scrollIntoView({ block: 'nearest' });
  }, [chosenDay, chosenIndex, view]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey) return;
    const at = days.indexOf(chosen.day);
    const to = (index: number, shift: number) => {
      wantsFocus.current = true;
      const day = days[index];
      if (day === undefined) props.onLeave(plus(days, index));
      else props.onChoose({ day, index: Math.max(0, Math.min(shift, Math.max(0, of(day).length - 1))) });
    };
    if (event.key === 'ArrowLeft') to(at - 1, chosen.index);
    else if (event.key === 'ArrowRight') to(at + 1, chosen.index);
    else if (event.key === 'Home') to(0, chosen.index);
    else if (event.key === 'End') to(days.length - 1, chosen.index);
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const by = event.key === 'ArrowUp' ? -1 : 1;
      if (kind === 'week') to(at, chosen.index + by);
      else to(at + 7 * by, chosen.index);
    } else return;
    event.preventDefault();
  }

  const cell = (day: string, shifts: readonly (readonly [RosterShiftView, number])[], index: number) => {
    const isChosen = day === chosen.day && (kind === 'month' || index === chosen.index);
    const isPale = kind === 'month' && !day.startsWith(props.month);
    return (
      <td
        key={`${day} ${index}`}
        className={[isPale ? 'roster-pale' : '', day === props.today ? 'roster-today' : ''].join(' ')}
      >
        <button
          type="button"
          tabIndex={isChosen ? 0 : -1}
          aria-pressed={isChosen}
          aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown"
          className={isChosen ? 'roster-cell roster-chosen' : 'roster-cell'}
          onKeyDown={onKeyDown}
          onClick={() => props.onOpen({ day, index: kind === 'week' ? index : 0 })}
        >
          {kind === 'month' && (
            <span className="roster-date">
              {Number(day.slice(8))} <Holiday view={view} day={day} />
            </span>
          )}
          {shifts.map(([shift]) => (
            <ShiftCell key={shift.from} shift={shift} view={view} isSmall={kind === 'month'} />
          ))}
        </button>
      </td>
    );
  };

  return (
    <table ref={grid} className={`roster-grid roster-${kind}`}>
      <thead>
        <tr>
          {days.slice(0, 7).map((day) => (
            <th key={day} scope="col" className={day === props.today ? 'roster-today' : undefined}>
              {kind === 'week' && `${day.slice(5)} `}
              {say.weekday(say.weekdays[weekdayOf(day)] ?? '')}
              {kind === 'week' && <Holiday view={view} day={day} />}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are the shifts of a day or the weeks of a month, in their order.
          <tr key={row}>
            {kind === 'week'
              ? days.map((day) => {
                  const shift = of(day)[row];
                  return cell(day, shift === undefined ? [] : [[shift, row]], row);
                })
              : days.slice(row * 7, row * 7 + 7).map((day) =>
                  cell(
                    day,
                    of(day).map((shift, index) => [shift, index] as const),
                    0,
                  ),
                )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function plus(days: readonly string[], index: number): string {
  const edge = (index < 0 ? days[0] : days.at(-1)) ?? '';
  const by = index < 0 ? index : index - days.length + 1;
  return new Date(Date.parse(edge) + by * 86_400_000).toISOString().slice(0, 10);
}

function Holiday({ view, day }: { readonly view: RosterView; readonly day: string }): ReactElement | null {
  const found = view.rules.holidays.find(({ from, to }) => from <= day && day <= to);
  return found === undefined ? null : <b className="badge soft-red">{found.name}</b>;
}

function ShiftCell(props: {
  readonly shift: RosterShiftView;
  readonly view: RosterView;
  readonly isSmall: boolean;
}): ReactElement {
  const { shift, view, isSmall } = props;
  const stand = standOf(shift);
  const marks = marksOf(shift, view.troubles);
  const nameOf = (id: string) => view.people.find((person) => person.id === id)?.name ?? id;
  const of = (kind: 'leader' | 'officer' | 'standby') =>
    shift.posts.filter((post) => post.kind === kind).map(({ person }) => nameOf(person));
  const isStanding = stand === 'empty' && view.standing.officers.length > 0;
  const lines = (['leader', 'officer', 'standby'] as const).map((kind) => [kind, of(kind)] as const);
  return (
    <span className={`roster-shift roster-is-${stand}`}>
      <span className="roster-shift-head">
        <b>{shift.name}</b>
        {!isSmall && (stand === 'unpublished' || stand === 'changed') && (
          <span className="badge soft-amber">{say[stand]}</span>
        )}
        {isSmall && (stand === 'unpublished' || stand === 'changed') && (
          <span className="roster-dot" role="img" aria-label={say[stand]} title={say[stand]}>
            <Mark name="ring" />
          </span>
        )}
      </span>
      {lines.map(([kind, names]) =>
        names.length === 0 || (isSmall && kind === 'standby') ? null : (
          <span key={kind} className="roster-names">
            <span className="roster-kind">{isSmall ? say.short[kind] : say.kinds[kind]}</span>{' '}
            {names.join(say.separator)}
          </span>
        ),
      )}
      {isStanding && <span className="roster-names roster-kind">{say.standing}</span>}
      {marks.map((word) => (
        <span key={word} className={isGrave(word) ? 'roster-mark soft-red' : 'roster-mark soft-grey'}>
          <Mark name={isGrave(word) ? 'triangle' : 'bars'} />
          {say.troubles[word]}
        </span>
      ))}
    </span>
  );
}
