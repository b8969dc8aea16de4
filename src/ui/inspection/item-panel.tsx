/** Beside the table, of the chosen item: what the system knows, what was to be mended, and what the inspector writes. */
import { Button } from 'antd';
import type { ReactElement, Ref } from 'react';
import { ITEM_VERDICT_NAMES, ITEM_VERDICTS, needsMending } from '../../duty/inspection.ts';
import { INSPECTION_ITEMS, type ItemCode } from '../../duty/inspection-items.ts';
import type { InspectionPageView } from '../../duty/inspection-view.ts';
import { day } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import type { ScreenProps } from '../screens.tsx';
import { Secrecy } from '../secrecy-panel.tsx';
import { writtenInItem } from './hand-written.ts';
import { KnownLines } from './known-lines.tsx';
import { MendingPart } from './mending-part.tsx';
import type { Answers } from './use-answers.ts';
import { inspectionWords } from './words.ts';

const say = inspectionWords.panel;

export function ItemPanel(props: {
  readonly ref: Ref<HTMLElement>;
  readonly view: InspectionPageView;
  readonly code: ItemCode;
  readonly answers: Answers;
  readonly onGo: ScreenProps['onGo'];
  readonly onChanged: () => void;
}): ReactElement {
  const { view, code, answers, onGo } = props;
  const { inspection, known, lookBack } = view;
  const item = INSPECTION_ITEMS.find((one) => one.code === code);
  const said = answers.of(code);
  const mayWrite = view.mayInspect && inspection.inspector === null;
  const before = lookBack.filter((open) => open.code === code);
  function quote(): void {
    const lines = known[code].filter(({ tone }) => tone !== 'unknown').map(({ text }) => text);
    const own = said.situation === '' ? [] : [said.situation];
    answers.save(code, { situation: [...own, ...lines].join('\n') });
  }
  return (
    <aside ref={props.ref} className="inspection-panel" aria-label={item?.text}>
      <h2>{item?.text}</h2>
      {before.map((open) => (
        <p key={open.inspection} className="soft-amber inspection-before">
          {say.before}（{say.beforeSaid(day(open.inspectedAt), open.answer.mendBy)}）：
          <OutsideText text={open.answer.situation} />
          {open.answer.mending.state === 'reported' && (
            <>
              　{inspectionWords.mendings.reported}：
              <OutsideText text={open.answer.mending.text} />
            </>
          )}
        </p>
      ))}
      {mayWrite ? (
        <div className="inspection-write">
          <fieldset className="inspection-verdicts" aria-label={say.verdict}>
            {ITEM_VERDICTS.map((verdict, index) => (
              <Button
                key={verdict}
                size="small"
                type={said.verdict === verdict ? 'primary' : 'default'}
                aria-pressed={said.verdict === verdict}
                onClick={() => answers.save(code, { verdict: said.verdict === verdict ? null : verdict })}
              >
                {index + 1} {ITEM_VERDICT_NAMES[verdict]}
              </Button>
            ))}
          </fieldset>
          <div className="inspection-label">
            <label htmlFor="inspection-situation">{say.situation}</label>
            <span className="note" role="status">
              {answers.state === 'saving' ? say.saving : answers.state === 'saved' ? say.saved : ''}
            </span>
            {needsMending(said) && (
              <label className="inspection-mend-by">
                {say.mendBy}
                <input
                  value={said.mendBy ?? ''}
                  placeholder="2026-12-01"
                  onChange={({ target }) =>
                    answers.edit(code, { mendBy: target.value === '' ? null : target.value })
                  }
                  onBlur={() => answers.save(code)}
                />
              </label>
            )}
          </div>
          <textarea
            id="inspection-situation"
            rows={3}
            value={said.situation}
            onChange={({ target }) => answers.edit(code, { situation: target.value })}
            onBlur={() => answers.save(code)}
          />
          {answers.refused !== null && (
            <p className="wrong" role="alert">
              {answers.refused}
            </p>
          )}
        </div>
      ) : (
        <p className="inspection-situation">
          <OutsideText text={said.situation} />
        </p>
      )}
      <MendingPart key={code} view={view} code={code} onGo={onGo} onChanged={props.onChanged} />
      <Secrecy key={`secrecy ${code}`} of="text" items={writtenInItem(view, code)} onDone={props.onChanged} />
      <h3>
        {inspection.inspector === null ? say.known : say.knownThen}
        {mayWrite && (
          <Button size="small" onClick={quote}>
            {say.quote}
          </Button>
        )}
      </h3>
      <KnownLines lines={known[code]} onGo={onGo} />
    </aside>
  );
}
