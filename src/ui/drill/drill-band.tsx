/** 演练: stands under the top bar as long as a drill runs, drives its clock, and ends it when a real telephone rings. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef } from 'react';
import { useDesk, useDeskState } from '../use-desk.tsx';
import { runningDrill } from './drill-box.ts';
import { drillWords as say } from './drill-words.ts';
import { rings } from './real-call.ts';
import { useDrills } from './use-drills.ts';

const TICK_MS = 250;

export function DrillBand(props: {
  readonly here: boolean;
  readonly onOpen: () => void;
}): ReactElement | null {
  const { store, sound, drills } = useDesk();
  const drill = runningDrill(useDrills());
  const real = useDeskState((state) => rings(state));
  const ringing = drill?.calls.filter(({ phase }) => phase === 'ringing').length ?? 0;
  const running = drill?.id ?? null;

  useEffect(() => () => drills.forget(), [drills]);
  useEffect(() => {
    if (running === null) return;
    const tick = setInterval(() => drills.tell({ type: 'tick', at: store.now() }), TICK_MS);
    return () => clearInterval(tick);
  }, [running, drills, store]);
  useEffect(() => {
    if (real && running !== null) drills.tell({ type: 'end', why: 'real-call', at: store.now() });
  }, [real, running, drills, store]);
  const rangBefore = useRef(0);
  useEffect(() => {
    if (ringing > rangBefore.current && !real) sound.play('ring', 1);
    rangBefore.current = ringing;
  }, [ringing, real, sound]);

  if (drill === null) return null;
  return (
    <div className="demo drill-band" role="status">
      <span>{say.band(drill.script.title)}</span>
      {!props.here && (
        <Button size="small" onClick={props.onOpen}>
          {say.bandElsewhere}
        </Button>
      )}
      <Button size="small" onClick={() => drills.tell({ type: 'end', why: 'stopped', at: store.now() })}>
        {say.stop}
      </Button>
    </div>
  );
}
