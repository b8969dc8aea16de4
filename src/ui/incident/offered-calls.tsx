/** The telephone's own evidence: talks with a superior office since 接报. Outside the limit they are said to be too late. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import type { OfferedCall } from '../../duty/incident-view.ts';
import { listMoment } from '../format.ts';
import { incidentWords as say } from './words.ts';

export function OfferedCalls(props: {
  readonly offers: readonly OfferedCall[];
  readonly now: number;
  readonly mayWrite: boolean;
  readonly mayHear: boolean;
  readonly onConfirm: (offer: OfferedCall) => void;
  readonly onListen: (call: string) => void;
}): ReactElement | null {
  const { offers, now } = props;
  if (offers.length === 0) return null;
  return (
    <section className="incident-offers" aria-label={say.offers.title}>
      <h3>{say.offers.title}</h3>
      {offers.map((offer) => (
        <p key={offer.call} className="incident-offer">
          <span>{say.offers.call(offer.unit ?? '', offer.number, listMoment(offer.answeredAt, now))}</span>
          <span className={`incident-mark ${offer.inTime ? 'soft-green' : 'soft-red'}`}>
            {offer.inTime ? say.offers.inTime : say.offers.late}
          </span>
          <span className="note">
            {offer.recording === null ? say.offers.noRecording : say.offers.recording}
          </span>
          {offer.recording !== null && props.mayHear && (
            <Button size="small" onClick={() => props.onListen(offer.call)}>
              {say.offers.listen}
            </Button>
          )}
          {props.mayWrite && (
            <Button
              size="small"
              type={offer.inTime ? 'primary' : 'default'}
              onClick={() => props.onConfirm(offer)}
            >
              {offer.inTime ? say.offers.confirm : say.offers.confirmLate}
            </Button>
          )}
        </p>
      ))}
    </section>
  );
}
