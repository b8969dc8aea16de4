/** One line that warns, docked above the key bar: colour, mark, what happened and what to do. */
import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { Mark } from './icons.tsx';

export type BarAction = readonly [word: string, act: () => void];

export function Bar(props: {
  readonly tone: 'red' | 'red-soft' | 'amber' | 'green';
  readonly action?: BarAction | null;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <p className={`bar bar-${props.tone}`}>
      {props.tone !== 'green' && <Mark name="triangle" />}
      <span>{props.children}</span>
      {props.action != null && (
        <Button size="small" onClick={props.action[1]}>
          {props.action[0]}
        </Button>
      )}
    </p>
  );
}
