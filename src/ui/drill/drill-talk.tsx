/** A drill that runs: its own strip of calls, what the caller says now, and the form. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef } from 'react';
import { Mark } from '../icons.tsx';
import { useDesk } from '../use-desk.tsx';
import { useOwnKeys } from '../use-own-keys.ts';
import { callToTake, type Drill, type DrillCall, heardNow, isQuiet } from './drill.ts';
import { DrillFormFields } from './drill-form.tsx';
import { drillWords as say } from './drill-words.ts';

export function DrillTalk({ drill }: { readonly drill: Drill }): ReactElement {
  const { store, drills } = useDesk();
  const calls = drill.calls.filter(({ phase }) => phase !== 'coming');
  const open = calls.find(({ script }) => script.id === drill.open);
  const take = callToTake(drill);
  const keys = useOwnKeys();
  const here = useRef<HTMLDivElement>(null);
  // The button that began the drill is gone: the keyboard must not stand on nothing.
  useEffect(() => here.current?.focus(), []);
  function answer(call: DrillCall): void {
    drills.tell({ type: 'answer', call: call.script.id, at: store.now() });
    setTimeout(() => document.getElementById('drill-content')?.focus());
  }
  return (
    <section className="drill-talk" aria-label={drill.script.title}>
      <span className="unseen" role="status" aria-live="assertive">
        {take?.phase === 'ringing'
          ? say.incoming(take.script.known ?? take.script.number, keys.said('newest'))
          : ''}
      </span>
      <div className="drill-strip" ref={here} tabIndex={-1}>
        {calls.length === 0 && <p>{say.coming}</p>}
        {calls.map((call) => (
          <StripPart key={call.script.id} drill={drill} call={call} onAnswer={() => answer(call)} />
        ))}
      </div>
      {open === undefined ? (
        <p className="empty-say">{drill.script.about}</p>
      ) : (
        <>
          <Speech drill={drill} call={open} />
          <DrillFormFields key={open.script.id} call={open} />
        </>
      )}
      {(open !== undefined || isQuiet(drill)) && (
        <p className="panel-buttons">
          <Button
            type={isQuiet(drill) ? 'primary' : 'default'}
            onClick={() => drills.tell({ type: 'end', why: 'checked', at: store.now() })}
          >
            {say.check(keys.behind('check'))}
          </Button>
        </p>
      )}
    </section>
  );
}

function StripPart(props: {
  readonly drill: Drill;
  readonly call: DrillCall;
  readonly onAnswer: () => void;
}): ReactElement {
  const { drill, call } = props;
  const { store, drills } = useDesk();
  const { script, phase } = call;
  const keys = useOwnKeys();
  const speaks = drill.active === script.id;
  const seconds = call.rangAt === null ? 0 : Math.floor((drill.at - call.rangAt) / 1_000);
  return (
    <div className={`drill-call drill-${phase === 'talking' && !speaks ? 'held' : phase}`}>
      <strong>{script.number}</strong>
      <span>{script.known ?? say.unknown}</span>
      <span>
        {phase === 'ringing' && say.ringing(seconds)}
        {phase === 'missed' && say.missed}
        {phase === 'ended' && say.over}
        {phase === 'talking' && !speaks && say.holding}
      </span>
      {(phase === 'ringing' || (phase === 'talking' && !speaks)) && (
        <Button size="small" onClick={props.onAnswer}>
          {phase === 'ringing' ? say.answer(keys.behind('newest')) : say.back}
        </Button>
      )}
      {phase === 'talking' && speaks && (
        <Button
          size="small"
          onClick={() => drills.tell({ type: 'hang-up', call: script.id, at: store.now() })}
        >
          {say.hangUp}
        </Button>
      )}
      {(phase === 'ended' || phase === 'missed') && drill.open !== script.id && (
        <Button size="small" onClick={() => drills.tell({ type: 'open', call: script.id, at: store.now() })}>
          {say.content}
        </Button>
      )}
    </div>
  );
}

function Speech({ drill, call }: { readonly drill: Drill; readonly call: DrillCall }): ReactElement | null {
  const { store, drills } = useDesk();
  if (call.phase !== 'talking' || drill.active !== call.script.id) return null;
  const now = heardNow(call);
  return (
    <div className="drill-speech">
      <p aria-live="polite">
        <Mark name="speaker" />
        {now === null ? say.silent : `${say.hears}${now}`}
      </p>
      <Button
        size="small"
        // The caret stays in the text.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => drills.tell({ type: 'say-again', call: call.script.id, at: store.now() })}
      >
        {say.sayAgain}
      </Button>
    </div>
  );
}
