/** 缩放 by button; the same by keys, and by the wheel with Ctrl. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { duration } from '../format.ts';
import { useOwnKeys } from '../use-own-keys.ts';
import type { ZoomStep } from './use-zoom.ts';
import { replayWords } from './words.ts';

export function ZoomBar(props: {
  /** Seconds seen at once. */
  readonly span: number;
  readonly isWhole: boolean;
  readonly onStep: (step: ZoomStep) => void;
}): ReactElement {
  const { span, isWhole, onStep } = props;
  const say = replayWords.zoom;
  const keys = useOwnKeys();
  const out = say.out(keys.said('replay-zoom-out'));
  const into = say.in(keys.said('replay-zoom-in'));
  return (
    <fieldset className="replay-zoom" aria-label={say.title}>
      <span className="note" role="status">
        {isWhole ? say.whole : say.span(duration(Math.round(span) * 1_000))}
      </span>
      <Button size="small" title={out} aria-label={out} aria-disabled={isWhole} onClick={() => onStep('out')}>
        −
      </Button>
      <Button size="small" title={into} aria-label={into} onClick={() => onStep('in')}>
        +
      </Button>
      <Button
        size="small"
        title={say.all(keys.behind('replay-zoom-whole'))}
        aria-disabled={isWhole}
        onClick={() => onStep('whole')}
      >
        {say.allShort}
      </Button>
    </fieldset>
  );
}
