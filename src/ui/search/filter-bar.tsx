/** The conditions: one line to type words into, the rest as small fields, all reached by Tab. */
import type { KeyboardEvent, ReactElement, ReactNode, Ref } from 'react';
import { CATEGORY_NAMES, STATE_NAMES } from '../../records/names.ts';
import { VERDICT_NAMES } from '../../records/review.ts';
import type { RoomView } from '../../web/protocol/room-view.ts';
import { useOwnKeys } from '../use-own-keys.ts';
import { words } from '../words.ts';
import { type FilterName, type Filters, NO_FILTERS } from './filters.ts';
import { searchWords as say } from './words.ts';

export function FilterBar(props: {
  readonly filters: Filters;
  readonly wrong: Partial<Record<FilterName, string>>;
  readonly rooms: readonly RoomView[];
  readonly search: Ref<HTMLInputElement>;
  readonly onChange: (filters: Filters) => void;
  /** An input method has a word in hand that is not typed yet. */
  readonly onComposing: (composing: boolean) => void;
  readonly onToList: () => void;
}): ReactElement {
  const { filters, wrong, onChange } = props;
  const set = (name: FilterName, value: string): void => onChange({ ...filters, [name]: value });
  const keys = useOwnKeys();
  const isEmpty = Object.values(filters).every((value) => value === '');

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.nativeEvent.isComposing) return;
    const inText = event.target instanceof HTMLInputElement;
    if (event.key === 'Escape' || (inText && (event.key === 'Enter' || event.key === 'ArrowDown'))) {
      event.preventDefault();
      props.onToList();
    }
  }

  const typed = (name: FilterName, word: string, hint = ''): ReactElement => (
    <Labelled key={name} word={word} id={`search-${name}`}>
      <input
        id={`search-${name}`}
        type="text"
        className={`search-${name}`}
        placeholder={hint}
        autoComplete="off"
        maxLength={100}
        aria-invalid={wrong[name] !== undefined}
        aria-describedby={wrong[name] === undefined ? undefined : `search-${name}-wrong`}
        value={filters[name]}
        onChange={(event) => set(name, event.target.value)}
      />
    </Labelled>
  );
  const chosen = (
    name: FilterName,
    word: string,
    options: Readonly<Record<string, string>>,
  ): ReactElement => (
    <Labelled key={name} word={word} id={`search-${name}`}>
      <select
        id={`search-${name}`}
        className={filters[name] === '' ? undefined : 'search-set'}
        value={filters[name]}
        onChange={(event) => set(name, event.target.value)}
      >
        <option value="">{say.any}</option>
        {Object.entries(options).map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </Labelled>
  );
  return (
    <section
      className="search-bar"
      aria-label={say.filters}
      onKeyDown={onKeyDown}
      onCompositionStart={() => props.onComposing(true)}
      onCompositionEnd={() => props.onComposing(false)}
    >
      <input
        ref={props.search}
        id="search-text"
        type="search"
        className="search-text"
        aria-label={say.text}
        placeholder={`${say.text}${keys.behind('search')}　${say.textHint}`}
        title={say.textHelp}
        autoComplete="off"
        maxLength={200}
        value={filters.text}
        onChange={(event) => set('text', event.target.value)}
      />
      <button type="button" className="text-button" disabled={isEmpty} onClick={() => onChange(NO_FILTERS)}>
        {say.clear}
      </button>
      {typed('from', say.from, say.dayHint)}
      {typed('to', say.to, say.dayHint)}
      {typed('unit', say.unit)}
      {typed('tail', say.tail, say.tailHint)}
      {typed('recorder', say.recorder)}
      {chosen('state', say.state, STATE_NAMES)}
      {chosen('category', say.category, CATEGORY_NAMES)}
      {chosen('direction', say.direction, say.directions)}
      {chosen('class', say.callerClass, words.callerClass)}
      {chosen('outcome', say.outcome, say.outcomes)}
      {chosen('sound', say.sound, say.sounds)}
      {chosen('archived', say.archived, say.archives)}
      {chosen('review', say.review, { none: say.notReviewed, ...VERDICT_NAMES })}
      {props.rooms.length > 1 &&
        chosen('room', say.room, Object.fromEntries(props.rooms.map(({ id, name }) => [id, name])))}
      {(Object.entries(wrong) as [FilterName, string][]).map(([name, why]) => (
        <p key={name} id={`search-${name}-wrong`} className="wrong search-wrong" role="alert">
          {why}
        </p>
      ))}
    </section>
  );
}

function Labelled(props: {
  readonly id: string;
  readonly word: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <span className="search-field">
      <label htmlFor={props.id}>{props.word}</label>
      {props.children}
    </span>
  );
}
