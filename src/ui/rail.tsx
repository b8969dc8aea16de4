/** The rail: the pages this person may use, then what is about this place and its person. */
import type { ReactElement } from 'react';
import { Mark } from './icons.tsx';
import { type Screen, type ScreenId, screensOf } from './screens.tsx';
import type { Layer } from './shell.tsx';
import { useDesk, useDeskState } from './use-desk.tsx';
import { useOwnKeys } from './use-own-keys.ts';
import { words } from './words.ts';

/** `onLayer` null: there is no desk here, so no list of it. */
export function Rail(props: {
  readonly onLayer: ((layer: Layer | null) => void) | null;
  readonly screen: ScreenId;
  readonly onGo: (screen: ScreenId) => void;
}): ReactElement {
  const { store } = useDesk();
  const role = useDeskState((state) => state.me?.role ?? null);
  const keys = useOwnKeys();
  const { onLayer } = props;
  const screens = role === null ? [] : screensOf(role);

  const item = ({ id, mark, word }: Screen): ReactElement => (
    <button
      key={id}
      type="button"
      className={id === props.screen ? 'rail-item rail-here' : 'rail-item'}
      aria-current={id === props.screen ? 'page' : undefined}
      onClick={() => props.onGo(id)}
    >
      <Mark name={mark} />
      {word}
    </button>
  );

  return (
    <nav className="rail">
      {screens.filter(({ below, aside }) => below !== true && aside !== true).map(item)}
      <span className="rail-space" />
      {onLayer !== null && (
        <button
          type="button"
          className="rail-item rail-list"
          onClick={() => onLayer('list')}
          title={`${words.list.short}${keys.behind('drawer')}`}
        >
          <Mark name="bars" />
          {words.list.short}
        </button>
      )}
      {screens.filter(({ below }) => below === true).map(item)}
      <button
        type="button"
        className="rail-item"
        onClick={() => void store.lock()}
        title={words.rail.lockHint(keys.behind('lock'))}
      >
        <Mark name="lock" />
        {words.rail.lock}
      </button>
      <button type="button" className="rail-item" onClick={() => void store.leave()}>
        <Mark name="door" />
        {words.rail.logOut}
      </button>
    </nav>
  );
}
