/** Which 模拟来电 to practise; none while a real call stands or could not be seen. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useDesk, useDeskState } from '../use-desk.tsx';
import { drillWords as say } from './drill-words.ts';
import { hinders } from './real-call.ts';
import { DRILL_SCRIPTS } from './scripts.ts';

export function DrillChoice(): ReactElement {
  const { store, drills } = useDesk();
  const hindrance = useDeskState((state) => hinders(state));
  return (
    <section className="drill-choice" aria-label={say.which}>
      {hindrance !== null && (
        <p className="bar-amber drill-hindrance" role="status">
          {hindrance === 'real-call' ? say.realNow : say.noTelephone}
        </p>
      )}
      <ul className="card-rows">
        {DRILL_SCRIPTS.map((script) => (
          <li key={script.id}>
            <Button
              disabled={hindrance !== null}
              onClick={() => {
                // Asked once more: between drawing and pressing a telephone may have rung.
                if (hinders(store.read()) === null) drills.begin(script, store.now());
              }}
            >
              {say.start(script.title)}
            </Button>
            <span>{script.about}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
