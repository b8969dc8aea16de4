/** 存储 and 录音备份: what is free, how long it lasts, whether the second copy is there. */
import type { ReactElement } from 'react';
import type { RecordingDeskView } from '../web/protocol/recording-desk-view.ts';
import { Card } from './card.tsx';
import { size } from './format.ts';
import { Badge, type Tone } from './state-mark.tsx';
import { words } from './words.ts';

const LEVELS: Readonly<Record<RecordingDeskView['storage']['forecast']['level'], Tone>> = {
  ok: 'green',
  warn: 'amber',
  alarm: 'red',
};

export function StorageCard({ view }: { readonly view: RecordingDeskView }): ReactElement {
  const say = words.recordingDesk;
  const { freeBytes, usedBytes, forecast, encrypted, copy } = view.storage;
  return (
    <Card title={say.storage}>
      <p>
        <Badge tone={LEVELS[forecast.level]} word={forecast.zh} />
      </p>
      <p>
        {usedBytes === null ? say.usedUnknown : say.used(size(usedBytes))} ·{' '}
        {freeBytes === null ? say.freeUnknown : say.free(size(freeBytes))} ·{' '}
        {encrypted ? say.encrypted : say.plain}
      </p>
      <h3>{say.copy}</h3>
      {copy === null ? (
        <p className="note">{say.copyOff}</p>
      ) : (
        <>
          <p>
            <Badge
              tone={copy.state === 'ready' ? 'green' : 'red'}
              word={copy.state === 'ready' ? say.copyReady : say.copyAway}
            />{' '}
            {say.copyCounts(copy.verified, copy.waiting, copy.bad)}
          </p>
          {copy.reason !== null && <p className="wrong">{copy.reason.zh}</p>}
          {copy.sameDisk && <p className="wrong">{say.copySameDisk}</p>}
        </>
      )}
    </Card>
  );
}
