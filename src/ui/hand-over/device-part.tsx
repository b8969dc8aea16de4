/** 设备检查: telephone and recording by what they have shown in this shift, the others by a look. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { Device, HandOver } from '../../duty/hand-over.ts';
import { Mark } from '../icons.tsx';
import type { HandOverDesk } from './hand-over-api.ts';
import { saidEvidence, shownWorking } from './saying.ts';
import { handOverWords as say } from './words.ts';

const LOOKED_AT = ['computer', 'printer', 'fax'] as const;

export function DevicePart(props: {
  readonly desk: HandOverDesk;
  readonly handOver: HandOver;
  readonly now: number;
  /** It is open, and this person may. */
  readonly mayTick: boolean;
}): ReactElement {
  const { desk, handOver, mayTick } = props;
  const [trouble, setTrouble] = useState<string | null>(null);
  const tick = async (...changes: readonly (readonly [Device, boolean])[]) => {
    for (const [device, works] of changes)
      setTrouble(await desk.send('/devices', { id: handOver.id, device, works }));
  };
  const unticked = LOOKED_AT.filter((device) => handOver.devices[device] === undefined);
  return (
    <section className="hand-over-part" aria-label={say.deviceTitle}>
      <h2>{say.deviceTitle}</h2>
      {(['telephone', 'recording'] as const).map((device) => {
        const { works, byHand } = shownWorking(device, handOver);
        return (
          <div key={device} className="hand-over-device">
            <b>{say.devices[device]}</b>
            <Works works={works} otherwise={say.unknown} />
            {handOver.evidence !== undefined &&
              saidEvidence(device, handOver.evidence, handOver, props.now).map((sentence) => (
                <span key={sentence} className="note hand-over-evidence">
                  {sentence}
                </span>
              ))}
            {byHand && (
              <Choice
                device={device}
                works={handOver.devices[device]}
                disabled={!mayTick}
                word={say.byHand(say.devices[device])}
                onTick={(to) => void tick([device, to])}
              />
            )}
          </div>
        );
      })}
      {LOOKED_AT.map((device) => (
        <div key={device} className="hand-over-device">
          <b>{say.devices[device]}</b>
          <Works works={handOver.devices[device] ?? null} otherwise={say.unchecked} />
          <Choice
            device={device}
            works={handOver.devices[device]}
            disabled={!mayTick}
            word={say.devices[device]}
            onTick={(to) => void tick([device, to])}
          />
        </div>
      ))}
      {mayTick && unticked.length > 0 && (
        <Button
          size="small"
          className="hand-over-all"
          onClick={() => void tick(...unticked.map((one) => [one, true] as const))}
        >
          {say.allWork}
        </Button>
      )}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
    </section>
  );
}

function Works(props: { readonly works: boolean | null; readonly otherwise: string }): ReactElement {
  const { works } = props;
  if (works === null)
    return (
      <span className="badge soft-grey">
        <Mark name="hatched" />
        {props.otherwise}
      </span>
    );
  return (
    <span className={works ? 'badge soft-green' : 'badge soft-red'}>
      <Mark name={works ? 'tick' : 'triangle'} />
      {works ? say.works : say.broke}
    </span>
  );
}

function Choice(props: {
  readonly device: Device;
  readonly works: boolean | undefined;
  readonly disabled: boolean;
  readonly word: string;
  readonly onTick: (works: boolean) => void;
}): ReactElement {
  return (
    <span className="hand-over-choice">
      {[true, false].map((to) => (
        <button
          key={String(to)}
          type="button"
          className="text-button"
          aria-label={`${props.word} ${to ? say.works : say.broke}`}
          aria-pressed={props.works === to}
          disabled={props.disabled}
          onClick={() => props.onTick(to)}
        >
          {to ? say.works : say.broke}
        </button>
      ))}
    </span>
  );
}
