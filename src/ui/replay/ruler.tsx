/** Times below the lanes, as many as have room. The deck says where it stands: a reader of the screen needs none of them. */
import type { ReactElement } from 'react';
import { playTime } from '../format.ts';
import type { Stretch } from './axis.ts';
import { rulerOf } from './zoom.ts';

export function Ruler(props: {
  readonly drawn: Stretch;
  readonly seconds: number;
  /** Pixels. */
  readonly perSecond: number;
}): ReactElement {
  const { drawn, seconds, perSecond } = props;
  return (
    <p className="replay-ruler" aria-hidden="true">
      {rulerOf(drawn, seconds, perSecond).map((at) => (
        <span key={at} style={{ left: `${(at / seconds) * 100}%` }}>
          {playTime(at)}
        </span>
      ))}
    </p>
  );
}
