/** The strip of a locked page: what rings or talks now, newest left, and nothing that could be opened. */
import type { ReactElement } from 'react';
import type { LockedCallView, LockView } from '../../web/protocol/lock-view.ts';
import { isolated } from '../bidi.ts';
import { duration } from '../format.ts';
import { IncomingSaid } from '../incoming.tsx';
import { OutsideText } from '../outside-text.tsx';
import { Badge, PhaseMark, phaseTone } from '../state-mark.tsx';
import { useServerNow } from '../use-desk.tsx';
import { words } from '../words.ts';
import { lockWords as say } from './lock-words.ts';

const MOST = 3;

export function LockStrip(props: {
  readonly calls: readonly LockedCallView[];
  readonly line: LockView['line'] | 'unknown';
}): ReactElement {
  const { calls, line } = props;
  const shown = calls.slice(0, MOST);
  return (
    <section className={shown.length > 1 ? 'strip strip-many' : 'strip'}>
      {shown.length === 0 && (
        <div className="strip-idle">
          <strong className={line === 'up' ? '' : 'strip-unknown'}>
            {line === 'up' ? say.idle : words.strip.unknown}
          </strong>
        </div>
      )}
      {shown.map((call) => (
        <StripCall key={call.id} call={call} />
      ))}
      {calls.length > MOST && <span className="strip-more">{words.strip.more(calls.length - MOST)}</span>}
      <IncomingSaid
        ringing={calls
          .filter(({ direction, phase }) => direction === 'inbound' && phase === 'ringing')
          .map((call) => ({
            id: call.id,
            words: words.strip.incoming(isolated(saidLockedNumber(call)), call.caller.unit ?? ''),
          }))}
      />
    </section>
  );
}

/** As the desk's strip says it, but for names that stand in a record. */
export function saidLockedNumber({ direction, caller, dialled, tampered }: LockedCallView): string {
  if (direction === 'outbound') return dialled;
  if (tampered && caller.number === null) return words.numberUnreadable;
  return caller.shown ?? words.numberHidden;
}

function StripCall({ call }: { readonly call: LockedCallView }): ReactElement {
  const { direction, phase, caller, here, tampered } = call;
  const now = useServerNow(500);
  const time = duration(now - call.since);
  const talking = phase === 'talking' || phase === 'held';
  const who = [caller.unit, caller.person ?? caller.name].filter((part) => part !== null && part !== '');
  return (
    <div className={`strip-call solid-${phaseTone(phase)}`}>
      <span className="strip-phase">
        <PhaseMark phase={phase} />
        <span className="elapsed">{talking ? words.strip.talked(time) : words.strip.rung(time)}</span>
      </span>
      <span className="strip-number">
        <OutsideText text={saidLockedNumber(call)} />
      </span>
      <span className="strip-who">
        <span className="strip-line">
          {direction === 'inbound' ? (
            <b className={`class class-${caller.class}`}>{words.callerClass[caller.class]}</b>
          ) : (
            <b className="class">{direction === 'outbound' ? words.strip.outgoing : words.strip.internal}</b>
          )}
          <OutsideText text={who.join(' ')} />
        </span>
        <span className="strip-line strip-second">
          {talking && here ? words.strip.answeredAt(words.strip.mine) : ''}
        </span>
      </span>
      <span className="strip-badges">
        {tampered && <Badge tone="red" mark="triangle" word={words.strip.tampered} />}
      </span>
    </div>
  );
}
