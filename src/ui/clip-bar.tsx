/** 片段: both ends are marked where the sound stands, by button or by key, and what lies between is exported. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { playMoment } from './format.ts';
import { ReasonForm } from './reason-form.tsx';
import type { MarkedClip } from './use-clip.ts';
import { useOwnKeys } from './use-own-keys.ts';
import { words } from './words.ts';

const ENDS = { from: 'clip-from', to: 'clip-to' } as const;

export function ClipBar(props: {
  readonly clip: MarkedClip;
  /** Where the sound stands now, seconds. */
  readonly at: () => number;
}): ReactElement {
  const { clip, at } = props;
  const say = words.clip;
  const keys = useOwnKeys();
  return (
    <>
      <p className="clip-bar">
        {(['from', 'to'] as const).map((end) => {
          const moment = clip[end];
          return (
            <Button
              key={end}
              size="small"
              title={`${say.title[end]}${keys.behind(ENDS[end])}`}
              onClick={() => clip.mark(end, at())}
            >
              <kbd>{keys.said(ENDS[end])}</kbd>
              {moment === null ? say[end] : `${say[end]} ${playMoment(moment)}`}
            </Button>
          );
        })}
        <Button
          size="small"
          title={clip.ready ? `${say.title.run}${keys.behind('clip-export')}` : say.markFirst}
          disabled={!clip.ready}
          loading={clip.busy}
          onClick={() => clip.run(null)}
        >
          {say.run}
        </Button>
      </p>
      {clip.asks && <ReasonForm words={say.why} onReason={clip.run} />}
      {clip.said !== null && (
        <p className={clip.said.isWrong ? 'wrong' : 'note clip-said'} role="status">
          {clip.said.text}
        </p>
      )}
    </>
  );
}
