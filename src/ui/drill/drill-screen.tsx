/** 演练: scripted calls in a space of their own. What is practised here is nowhere else. */
import './drill.css';
import { type ReactElement, useState } from 'react';
import { listMoment } from '../format.ts';
import { useScreenKeys } from '../screen-keys.ts';
import { useDesk } from '../use-desk.tsx';
import { callToTake, type Drill } from './drill.ts';
import { runningDrill } from './drill-box.ts';
import { DrillChoice } from './drill-choice.tsx';
import { DrillResult } from './drill-result.tsx';
import { DrillTalk } from './drill-talk.tsx';
import { drillWords as say } from './drill-words.ts';
import { judge } from './judge.ts';
import { useDrills } from './use-drills.ts';

export function DrillScreen(): ReactElement {
  const { store, drills: box } = useDesk();
  const drills = useDrills();
  const drill = runningDrill(drills);
  /** The ended drill that is looked at; null: the choice of the next one. */
  const [shown, setShown] = useState<number | null>(drills[0]?.id ?? null);
  const [last, setLast] = useState<number | null>(drill?.id ?? null);
  // One that has just ended shows what came of it.
  if (drill !== null && drill.id !== last) setLast(drill.id);
  if (drill === null && last !== null) {
    setLast(null);
    setShown(last);
  }
  const past = drills.filter(({ ended }) => ended !== null);
  const looked = past.find(({ id }) => id === shown) ?? null;

  useScreenKeys((action) => {
    if (drill === null) return false;
    if (action === 'check') {
      box.tell({ type: 'end', why: 'checked', at: store.now() });
      return true;
    }
    if (typeof action === 'object') {
      document.querySelectorAll<HTMLButtonElement>('.drill-form .element')[action.element - 1]?.click();
      return true;
    }
    if (action !== 'newest') return false;
    // Pressed before anything rings it does nothing: the call of an hour ago is not what the officer means.
    const call = callToTake(drill);
    if (call !== null) {
      box.tell({ type: 'answer', call: call.script.id, at: store.now() });
      setTimeout(() => document.getElementById('drill-content')?.focus());
    }
    return true;
  });

  return (
    <main className={drill === null ? 'screen drill' : 'screen drill drill-running'} aria-label={say.title}>
      <header className="page-head">
        <h1>{say.title}</h1>
        <p className="note">{say.explain}</p>
      </header>
      <div className="drill-panes">
        <nav className="drill-past" aria-label={say.pastTitle}>
          <h2>{say.pastTitle}</h2>
          {past.length === 0 && <p className="empty-say">{say.pastNone}</p>}
          <ol>
            {past.map((one) => (
              <li key={one.id}>
                <PastDrill
                  drill={one}
                  now={store.now()}
                  here={drill === null && one.id === shown}
                  disabled={drill !== null}
                  onOpen={() => setShown(one.id)}
                />
              </li>
            ))}
          </ol>
        </nav>
        {drill !== null ? (
          <DrillTalk drill={drill} />
        ) : looked !== null ? (
          <DrillResult key={looked.id} drill={looked} onChoose={() => setShown(null)} />
        ) : (
          <DrillChoice />
        )}
      </div>
    </main>
  );
}

function PastDrill(props: {
  readonly drill: Drill;
  readonly now: number;
  readonly here: boolean;
  readonly disabled: boolean;
  readonly onOpen: () => void;
}): ReactElement {
  const { drill } = props;
  const elements = judge(drill).flatMap((call) => call.elements);
  const caught = elements.filter((element) => element.caught).length;
  return (
    <button
      type="button"
      className={props.here ? 'drill-past-item drill-here' : 'drill-past-item'}
      aria-current={props.here ? 'true' : undefined}
      disabled={props.disabled}
      onClick={props.onOpen}
    >
      <span>
        {say.past(listMoment(drill.startedAt, props.now), drill.script.title, caught, elements.length)}
      </span>
      <span className="note">{drill.ended === null ? '' : say.why[drill.ended.why]}</span>
    </button>
  );
}
