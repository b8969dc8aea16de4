/** 本班情况: who is on duty, who is expected, and what came since the shift began, with the way to its 值班日志. */
import type { ReactElement } from 'react';
import type { HandOverView, StandingHandOver } from '../../duty/hand-over-view.ts';
import { openPath } from '../open-path.ts';
import { namesOf } from './saying.ts';
import { handOverWords as say } from './words.ts';

export function ShiftPart(props: {
  readonly view: HandOverView;
  readonly stands: StandingHandOver;
}): ReactElement {
  const { view, stands } = props;
  const { inbound, outbound, missed, missedClosed, registered } = view.shift;
  const { expected } = stands.handOver;
  const pairs: readonly (readonly [string, string])[] = [
    [say.onDuty, namesOf(view.people, stands.onDuty) || say.nobodyKnown],
    ...(expected.length === 0 ? [] : [[say.expected, namesOf(view.people, expected)] as const]),
    [say.inbound, say.calls(inbound)],
    [say.missed, missed === 0 ? say.calls(0) : `${say.calls(missed)}，${say.missedClosed(missedClosed)}`],
    [say.outbound, say.calls(outbound)],
    [say.registered, say.forms(registered)],
  ];
  return (
    <section className="hand-over-part" aria-label={say.shiftTitle}>
      <h2>{say.shiftTitle}</h2>
      <dl className="hand-over-pairs">
        {pairs.map(([word, text]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a
          href={`/shift-log/${encodeURIComponent(view.room)}`}
          onClick={(event) => {
            event.preventDefault();
            openPath(event.currentTarget.pathname);
          }}
        >
          {say.log}
        </a>
      </p>
    </section>
  );
}
