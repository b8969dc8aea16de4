/** The rail: the pages this person may use, then how this place looks and sounds. */
import { Button, Popover } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import { Mark } from './icons.tsx';
import { type ScreenId, screensOf } from './screens.tsx';
import type { AppearanceProps, Layer } from './shell.tsx';
import { useDesk, useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

/** `onLayer` null: there is no desk here, so neither its list nor its sounds. */
export function Rail(
  props: AppearanceProps & {
    readonly open: boolean;
    readonly onLayer: ((layer: Layer | null) => void) | null;
    readonly screen: ScreenId;
    readonly onGo: (screen: ScreenId) => void;
  },
): ReactElement {
  const { store } = useDesk();
  const role = useDeskState((state) => state.me?.role ?? null);
  const { onLayer } = props;
  return (
    <nav className="rail">
      {(role === null ? [] : screensOf(role)).map(({ id, mark, word }) => (
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
      ))}
      <span className="rail-space" />
      {onLayer !== null && (
        <>
          <button
            type="button"
            className="rail-item rail-list"
            onClick={() => onLayer('list')}
            title={words.list.drawer}
          >
            <Mark name="bars" />
            {words.list.short}
          </button>
          <Popover
            open={props.open}
            onOpenChange={(open) => onLayer(open ? 'sound' : null)}
            trigger="click"
            placement="rightBottom"
            title={words.sound.title}
            content={<Volume />}
          >
            <button type="button" className="rail-item">
              <Mark name="speaker" />
              {words.rail.sound}
            </button>
          </Popover>
        </>
      )}
      <button type="button" className="rail-item" onClick={props.nextAppearance} title={words.rail.theme}>
        <Mark name="moon" />
        {words.rail[props.appearance]}
      </button>
      <button type="button" className="rail-item" onClick={() => void store.leave()}>
        <Mark name="door" />
        {words.rail.logOut}
      </button>
    </nav>
  );
}

function Volume(): ReactElement {
  const { sound } = useDesk();
  const [volume, setVolume] = useState(sound.volume());
  useEffect(() => sound.subscribe(() => setVolume(sound.volume())), [sound]);
  return (
    <div className="volume">
      <label htmlFor="volume">{words.sound.volume}</label>
      <input
        id="volume"
        type="range"
        min={10}
        max={100}
        step={5}
        value={Math.round(volume * 100)}
        onChange={(event) => sound.setVolume(Number(event.target.value) / 100)}
      />
      <Button size="small" onClick={() => sound.play('ring', 1)}>
        {words.sound.test}
      </Button>
      <p className="note">{words.sound.floor}</p>
    </div>
  );
}
