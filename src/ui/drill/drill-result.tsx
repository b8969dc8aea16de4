/** What came of a drill: caught and missed, beside what was said and what was written. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef } from 'react';
import { Mark } from '../icons.tsx';
import { useDesk, useDeskState } from '../use-desk.tsx';
import { useOwnKeys } from '../use-own-keys.ts';
import { words } from '../words.ts';
import type { Drill } from './drill.ts';
import { drillWords as say } from './drill-words.ts';
import { type JudgedCall, judge } from './judge.ts';
import { hinders } from './real-call.ts';

export function DrillResult(props: { readonly drill: Drill; readonly onChoose: () => void }): ReactElement {
  const { drill } = props;
  const { store, drills } = useDesk();
  const hindered = useDeskState((state) => hinders(state) !== null);
  const head = useRef<HTMLHeadingElement>(null);
  const keys = useOwnKeys();
  const why = drill.ended?.why ?? null;
  // With a real call on the line the focus stays free for it.
  useEffect(() => {
    if (why === 'checked') head.current?.focus();
  }, [why]);
  const expects = new Map(drill.calls.map(({ script }) => [script.id, script]));
  return (
    <section className="drill-result" aria-label={say.result}>
      <h2 ref={head} tabIndex={-1}>
        {say.resultOf(drill.script.title)}
      </h2>
      {why === 'real-call' && (
        <p className="bar-amber drill-hindrance" role="alert">
          {say.interrupted(keys.said('newest'))}
        </p>
      )}
      {judge(drill).map((call) => {
        const script = expects.get(call.id);
        return script === undefined ? null : (
          <Judged key={call.id} call={call} expects={script.expects} category={script.category} />
        );
      })}
      <p className="panel-buttons">
        <Button
          type="primary"
          disabled={hindered}
          onClick={() => {
            if (hinders(store.read()) === null) drills.begin(drill.script, store.now());
          }}
        >
          {say.again}
        </Button>
        <Button onClick={props.onChoose}>{say.choose}</Button>
      </p>
    </section>
  );
}

function Judged(props: {
  readonly call: JudgedCall;
  readonly expects: 'record' | 'no-record';
  readonly category: keyof typeof words.category | null;
}): ReactElement {
  const { call, expects, category } = props;
  const caught = call.elements.filter((element) => element.caught).length;
  return (
    <article className="card drill-judged" aria-label={call.title}>
      <h3>{call.title}</h3>
      {!call.rang ? (
        <p>{say.notRung}</p>
      ) : (
        <>
          <ul className="drill-verdicts">
            <Verdict
              good={call.answeredAfter !== null}
              text={call.answeredAfter === null ? say.notAnswered : say.answered(call.answeredAfter)}
            />
            {call.decision !== null && (
              <Verdict good={call.decision === 'right'} text={say.decision[expects][call.decision]} />
            )}
            {category !== null && call.category !== 'none' && (
              <Verdict
                good={call.category === 'right'}
                text={
                  call.category === 'right' ? say.categoryRight : say.categoryWrong(words.category[category])
                }
              />
            )}
          </ul>
          {call.elements.length > 0 && (
            <>
              <p>{say.caughtCount(caught, call.elements.length)}</p>
              <ul className="drill-elements">
                {call.elements.map(({ name, told, caught: done }) => (
                  <li key={name}>
                    <span className={`badge ${done ? 'soft-green' : 'soft-red'}`}>
                      <Mark name={done ? 'tick' : 'triangle'} />
                      {done ? say.caught : say.lost}
                    </span>
                    <b>{name}</b>
                    <span>{told}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <details open={caught < call.elements.length}>
            <summary>{say.told}</summary>
            <p>{call.said.join('')}</p>
          </details>
          <details>
            <summary>{say.typed}</summary>
            <p className="drill-typed">{call.typed === '' ? say.nothing : call.typed}</p>
          </details>
        </>
      )}
    </article>
  );
}

function Verdict({ good, text }: { readonly good: boolean; readonly text: string }): ReactElement {
  return (
    <li className={`badge ${good ? 'soft-green' : 'soft-amber'}`}>
      <Mark name={good ? 'tick' : 'triangle'} />
      {text}
    </li>
  );
}
