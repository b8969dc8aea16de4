/** 演示: stands under the top bar as long as the demonstration PBX speaks, with 模拟来电. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useDesk, useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

export function DemoBand(): ReactElement | null {
  const { store } = useDesk();
  const demo = useDeskState((state) => state.demo);
  const stories = useDeskState((state) => state.stories);
  const [chosen, setChosen] = useState('');
  const story = stories.find(({ id }) => id === chosen) ?? stories[0];
  if (!demo) return null;
  return (
    <div className="demo">
      <span>{words.bars.demo}</span>
      {story !== undefined && (
        <>
          <select
            aria-label={words.bars.whichStory}
            value={story.id}
            onChange={(event) => setChosen(event.target.value)}
          >
            {stories.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
          <Button
            size="small"
            // The caret stays where it is: the demonstration must show that, too.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => store.command({ type: 'simulate-call', story: story.id })}
          >
            {words.bars.simulate}
          </Button>
        </>
      )}
    </div>
  );
}
