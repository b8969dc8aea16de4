/** One 检查记录表: the table on the left, the chosen item on the right, both signatures in the head. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { missingIn } from '../../duty/inspection.ts';
import { INSPECTION_HEAD, ITEM_CODES, type ItemCode, inspectionTitle } from '../../duty/inspection-items.ts';
import type { InspectionPageView } from '../../duty/inspection-view.ts';
import { day, typedForm } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { PaperMenu } from '../paper-menu.tsx';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { send, useInspection } from './inspection-api.ts';
import { InspectionTable } from './inspection-table.tsx';
import { ItemPanel } from './item-panel.tsx';
import { type Answers, useAnswers } from './use-answers.ts';
import { inspectionWords as say } from './words.ts';

/** `id` may have an item behind it: `<inspection>/B1`. */
export function InspectionPage(props: {
  readonly id: string;
  readonly onGo: ScreenProps['onGo'];
}): ReactElement {
  const [id = '', item] = props.id.split('/');
  const { view, trouble, reload } = useInspection(id);
  const [chosen, setChosen] = useState<ItemCode>(ITEM_CODES.find((code) => code === item) ?? 'A1');
  const answers = useAnswers(view, reload);
  const panel = useRef<HTMLElement>(null);
  const hasView = view !== null;
  useEffect(() => {
    if (hasView) focusTable();
  }, [hasView]);
  useScreenKeys((action) => {
    if (action !== 'escape') return false;
    if (document.activeElement?.closest('.inspection-table') !== null) props.onGo('inspection');
    else focusTable();
    return true;
  });
  if (view === null)
    return trouble === null ? (
      <p className="empty-say">{say.loading}</p>
    ) : (
      <p className="wrong" role="alert">
        {trouble} <Button onClick={reload}>{say.again}</Button>{' '}
        <Button onClick={() => props.onGo('inspection')}>{say.toList}</Button>
      </p>
    );
  return (
    <>
      <Head view={view} answers={answers} trouble={trouble} onGo={props.onGo} onChanged={reload} />
      <div className="inspection-panes">
        <div className="inspection-left">
          <InspectionTable
            saidOf={answers.of}
            chosen={chosen}
            mayWrite={view.mayInspect && view.inspection.inspector === null}
            marked={marksOf(view)}
            onChoose={setChosen}
            onVerdict={(code, verdict) => answers.save(code, { verdict })}
            onEnter={() => panel.current?.querySelector<HTMLElement>('textarea, button')?.focus()}
          />
          <p className="note">{say.hint}</p>
        </div>
        <ItemPanel
          ref={panel}
          view={view}
          code={chosen}
          answers={answers}
          onGo={props.onGo}
          onChanged={reload}
        />
      </div>
    </>
  );
}

function focusTable(): void {
  document.querySelector<HTMLElement>('.inspection-table [tabindex="0"]')?.focus();
}

/** What is missing of an item, what comes back from before, or what became of it. */
function marksOf({ inspection, lookBack }: InspectionPageView): ReadonlyMap<ItemCode, string> {
  const marks = new Map<ItemCode, string>(lookBack.map(({ code }) => [code, say.panel.before.slice(0, 3)]));
  for (const code of ITEM_CODES) {
    const { mending } = inspection.answers[code];
    if (mending !== null) marks.set(code, say.mendings[mending.state]);
  }
  return marks;
}

function Head(props: {
  readonly view: InspectionPageView;
  readonly answers: Answers;
  readonly trouble: string | null;
  readonly onGo: ScreenProps['onGo'];
  readonly onChanged: () => void;
}): ReactElement {
  const { view, answers } = props;
  const { inspection, place } = view;
  const rooms = place.rooms.filter(({ id }) => inspection.rooms.includes(id)).map(({ name }) => name);
  const now = Object.fromEntries(
    ITEM_CODES.map((code) => [code, { ...inspection.answers[code], ...answers.of(code) }]),
  ) as typeof inspection.answers;
  const missing = missingIn({ answers: now }).length;
  const paper = `/api/papers/inspection?inspection=${encodeURIComponent(inspection.id)}`;
  const choice = (word: string, kind: 'print' | 'file', more: string) => ({
    ...{ word, kind, url: `${paper}${more}`, alone: null },
  });
  return (
    <header className="inspection-top">
      <div className="inspection-head">
        <h1>
          <OutsideText text={inspectionTitle(place.name)} />
        </h1>
        <Button onClick={() => props.onGo('inspection')}>{say.toList}</Button>
        <span className="inspection-tools">
          {inspection.inspector === null && view.mayInspect && (
            <>
              {missing > 0 && <span className="note">{say.head.missing(missing)}</span>}
              <Sign view={view} as="inspector" disabled={missing > 0} onDone={props.onChanged} />
            </>
          )}
          {inspection.inspector !== null && inspection.inspected === null && view.mayAnswer && (
            <Sign view={view} as="inspected" disabled={false} onDone={props.onChanged} />
          )}
          <PaperMenu
            button={say.head.print}
            label={say.head.printLabel}
            online
            choices={[
              choice(say.head.papers.print, 'print', ''),
              choice(say.head.papers.annex, 'print', '&annex=yes'),
              choice(say.head.papers.docx, 'file', '&format=docx&annex=yes'),
              choice(say.head.papers.xlsx, 'file', '&format=xlsx&annex=yes'),
            ]}
          />
        </span>
      </div>
      <p className="inspection-said">
        <span>
          {INSPECTION_HEAD.unit}：<OutsideText text={`${place.name} ${rooms.join('、')}`} />
        </span>
        <span>
          {INSPECTION_HEAD.inspectors}：<OutsideText text={inspection.inspectors} />
        </span>
        <span>
          {INSPECTION_HEAD.date}：{typedForm(inspection.inspectedAt)}
        </span>
        <span className="note">{say.head.stretch(day(inspection.from), day(inspection.to - 1))}</span>
        {inspection.inspector !== null && (
          <span className="badge soft-blue">
            {say.head.signedBy(inspection.inspector.name, typedForm(inspection.inspector.at))}
          </span>
        )}
        {inspection.inspected !== null && (
          <span className="badge soft-green">
            {say.head.confirmedBy(inspection.inspected.name, typedForm(inspection.inspected.at))}
          </span>
        )}
      </p>
      {props.trouble !== null && (
        <p className="wrong" role="alert">
          {props.trouble}
        </p>
      )}
    </header>
  );
}

/** By a second press in the same place: what is signed stands. */
function Sign(props: {
  readonly view: InspectionPageView;
  readonly as: 'inspector' | 'inspected';
  readonly disabled: boolean;
  readonly onDone: () => void;
}): ReactElement {
  const { view, as, disabled } = props;
  const [isArmed, setArmed] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [word, armed] =
    as === 'inspector' ? [say.head.sign, say.head.signNow] : [say.head.confirm, say.head.confirmNow];
  async function press(): Promise<void> {
    if (!isArmed) return setArmed(true);
    setArmed(false);
    const path = `/api/inspections/${encodeURIComponent(view.inspection.id)}/signatures`;
    setRefused(await send(path, { as }));
    props.onDone();
  }
  return (
    <>
      {refused !== null && <span className="wrong">{refused}</span>}
      <Button
        type="primary"
        danger={isArmed}
        disabled={disabled}
        onClick={() => void press()}
        onBlur={() => setArmed(false)}
      >
        {isArmed ? armed : word}
      </Button>
    </>
  );
}
