/** Why there is nothing to hear of a call, and what can be done. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import type { CallView } from '../../web/protocol/call-view.ts';
import { duration } from '../format.ts';
import { toldRecordings } from '../told-recordings.ts';
import { words } from '../words.ts';
import { soundStanding } from './sound-standing.ts';
import { replayWords as say } from './words.ts';

/** `onStrays` null: this person has no 无主录音. */
export function NoSound(props: {
  readonly call: CallView;
  /** Seconds of talk that should have sound; null: none is due. */
  readonly talkDue: number | null;
  readonly onStrays: (() => void) | null;
}): ReactElement | null {
  const { call, talkDue, onStrays } = props;
  switch (soundStanding(call, toldRecordings(call), talkDue !== null)) {
    case 'here':
    case 'expired':
      return null;
    case 'not-over':
      return <p className="empty-say">{say.notOver}</p>;
    case 'no-talk':
      return <p className="empty-say">{words.facts.noTalk}</p>;
    case 'not-recorded':
      return <p className="empty-say">{words.facts.noRecording}</p>;
    case 'coming':
      return <p className="empty-say">{words.facts.recordingPending}</p>;
    case 'missing':
      return (
        <p className="wrong stopped" role="alert">
          {say.missing(duration((talkDue ?? 0) * 1000))}
          {onStrays !== null && (
            <Button size="small" onClick={onStrays}>
              {say.toStrays}
            </Button>
          )}
        </p>
      );
  }
}
