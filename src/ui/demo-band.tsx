/** 演示: stands under the top bar as long as the demonstration PBX speaks, with 模拟来电. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useDesk, useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

export function DemoBand(): ReactElement | null {
  const { store } = useDesk();
  const demo = useDeskState((state) => state.demo);
  const stories = useDeskState((state) => state.stories);
  if (!demo) return null;
  return (
    <div className="demo">
      <span>{words.bars.demo}</span>
      {stories.length > 0 && <b>{words.bars.simulate}</b>}
      {stories.map((story) => (
        <Button
          key={story.id}
          size="small"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => store.command({ type: 'simulate-call', story: story.id })}
        >
          {story.title}
        </Button>
      ))}
    </div>
  );
}
