/** The rail: the pages this person may use, then how this place looks and sounds. */
import { Button, Popover } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import type { DeskPage, Layer } from './desk.tsx';
import { Mark } from './icons.tsx';
import type { Appearance } from './night.ts';
import { useDesk } from './use-desk.tsx';
import { words } from './words.ts';

export function Rail(props: {
  readonly appearance: Appearance;
  readonly nextAppearance: () => void;
  readonly open: boolean;
  readonly onLayer: (layer: Layer | null) => void;
  readonly page: DeskPage;
  readonly onPage: (page: DeskPage) => void;
}): ReactElement {
  const { store } = useDesk();
  return (
    <nav className="rail">
      {(['desk', 'recordings'] as const).map((name) => (
        <button
          key={name}
          type="button"
          className={name === props.page ? 'rail-item rail-here' : 'rail-item'}
          aria-current={name === props.page ? 'page' : undefined}
          onClick={() => props.onPage(name)}
        >
          <Mark name={name === 'desk' ? 'bell' : 'square'} />
          {words.rail[name]}
        </button>
      ))}
      <span className="rail-space" />
      <button
        type="button"
        className="rail-item rail-list"
        onClick={() => props.onLayer('list')}
        title={words.list.drawer}
      >
        <Mark name="bars" />
        {words.list.short}
      </button>
      <Popover
        open={props.open}
        onOpenChange={(open) => props.onLayer(open ? 'sound' : null)}
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
