/** Every inspection that may be read, the latest first, and beside them what is to be mended until it is. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { type Inspection, needsMending } from '../../duty/inspection.ts';
import { INSPECTION_ITEMS } from '../../duty/inspection-items.ts';
import type { OpenMending } from '../../duty/inspection-mending.ts';
import type { InspectedPlace } from '../../duty/inspection-view.ts';
import { day, typedForm } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { useMay } from '../use-may.ts';
import { useInspections } from './inspection-api.ts';
import { OpenForm } from './open-form.tsx';
import { READY } from './readiness-place.ts';
import { inspectionWords as say } from './words.ts';

export function InspectionList({ onGo }: { readonly onGo: ScreenProps['onGo'] }): ReactElement {
  const { view, trouble, reload } = useInspections();
  const [isOpening, setOpening] = useState(false);
  const seesRooms = useMay('see-room');
  const mayInspect = view?.places.some((place) => place.mayInspect) ?? false;
  useScreenKeys((action) => {
    if (action !== 'escape' || !isOpening) return false;
    setOpening(false);
    return true;
  });
  return (
    <>
      <header className="inspection-head">
        <h1>{say.title}</h1>
        {mayInspect && (
          <Button type="primary" onClick={() => setOpening(true)}>
            {say.newOne}
          </Button>
        )}
        {seesRooms && <Button onClick={() => onGo('inspection', READY)}>{say.toReadiness}</Button>}
      </header>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble} <Button onClick={reload}>{say.again}</Button>
        </p>
      )}
      {view === null ? (
        trouble === null && <p className="empty-say">{say.loading}</p>
      ) : (
        <div className="inspection-panes">
          <section aria-label={say.listTitle}>
            {isOpening && (
              <OpenForm
                places={view.places.filter((place) => place.mayInspect)}
                now={view.at}
                onOpened={(id) => onGo('inspection', id)}
                onCancel={() => setOpening(false)}
              />
            )}
            {view.inspections.length === 0 && (
              <p className="empty-say">{mayInspect ? say.noneMayInspect : say.none}</p>
            )}
            {view.inspections.map((inspection) => (
              <Row key={inspection.id} inspection={inspection} places={view.places} onGo={onGo} />
            ))}
          </section>
          <aside className="inspection-side-pane">
            <h2>{say.toMend(view.toMend.length)}</h2>
            {view.toMend.length === 0 && <p className="empty-say">{say.nothingToMend}</p>}
            {view.toMend.map((open) => (
              <MendRow
                key={`${open.inspection} ${open.code}`}
                open={open}
                today={day(view.at)}
                places={view.places}
                onGo={onGo}
              />
            ))}
          </aside>
        </div>
      )}
    </>
  );
}

function nameOf(places: readonly InspectedPlace[], unit: string): string {
  return places.find((place) => place.unit === unit)?.name ?? unit;
}

function Row(props: {
  readonly inspection: Inspection;
  readonly places: readonly InspectedPlace[];
  readonly onGo: ScreenProps['onGo'];
}): ReactElement {
  const { id, unit, inspectedAt, inspectors, answers, inspector, inspected } = props.inspection;
  const stand = inspector === null ? 'open' : inspected === null ? 'signed' : 'confirmed';
  const wrong = INSPECTION_ITEMS.filter(({ code }) => needsMending(answers[code])).length;
  const soft = { open: 'soft-amber', signed: 'soft-blue', confirmed: 'soft-green' }[stand];
  return (
    <button type="button" className="inspection-entry" onClick={() => props.onGo('inspection', id)}>
      <span className="inspection-entry-head">
        <strong>
          <OutsideText text={nameOf(props.places, unit)} />
        </strong>
        <span className={`badge ${soft}`}>{say.stands[stand]}</span>
        {wrong > 0 && <span className="badge soft-red">{say.found(wrong)}</span>}
      </span>
      <span className="note">
        {typedForm(inspectedAt)}　<OutsideText text={say.by(inspectors)} />
      </span>
    </button>
  );
}

function MendRow(props: {
  readonly open: OpenMending;
  readonly today: string;
  readonly places: readonly InspectedPlace[];
  readonly onGo: ScreenProps['onGo'];
}): ReactElement {
  const { inspection, unit, code, answer, inspectedAt } = props.open;
  const { mendBy, mending, situation } = answer;
  const isLate = mendBy !== null && mendBy < props.today && mending.state === 'open';
  const item = INSPECTION_ITEMS.find((one) => one.code === code)?.text ?? '';
  return (
    <button
      type="button"
      className="inspection-entry"
      onClick={() => props.onGo('inspection', `${inspection}/${code}`)}
    >
      <span className="inspection-entry-head">
        <strong>
          <OutsideText text={nameOf(props.places, unit)} />
        </strong>
        <span className={`badge ${isLate ? 'soft-red' : 'soft-amber'}`}>
          {isLate ? say.overdue(mendBy) : say.mendBy(mendBy)}
        </span>
        {mending.state === 'reported' && <span className="badge soft-blue">{say.mendings.reported}</span>}
      </span>
      <span>{item}</span>
      <span className="note">
        {day(inspectedAt)}　<OutsideText text={situation} />
      </span>
    </button>
  );
}
