/** 整改 of one item: how it stands; the office says what was done, an inspector that he has seen it. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { ItemCode } from '../../duty/inspection-items.ts';
import type { InspectionPageView } from '../../duty/inspection-view.ts';
import { typedForm } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import type { ScreenProps } from '../screens.tsx';
import { send } from './inspection-api.ts';
import { inspectionWords } from './words.ts';

const say = inspectionWords.panel;

export function MendingPart(props: {
  readonly view: InspectionPageView;
  readonly code: ItemCode;
  readonly onGo: ScreenProps['onGo'];
  readonly onChanged: () => void;
}): ReactElement | null {
  const { view, code, onGo } = props;
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const { mending } = view.inspection.answers[code];
  if (mending === null) return null;
  const isOpen = mending.state === 'open' || mending.state === 'reported';
  async function mend(how: 'reported' | 'mended'): Promise<void> {
    const path = `/api/inspections/${encodeURIComponent(view.inspection.id)}/mended`;
    const answer = await send(path, { item: code, how, text });
    setRefused(answer);
    if (answer === null) setText('');
    props.onChanged();
  }
  return (
    <section className="inspection-mending" aria-label={say.mending}>
      <h3>
        {say.mending}
        <span className={`badge ${isOpen ? 'soft-amber' : 'soft-green'}`}>
          {inspectionWords.mendings[mending.state]}
        </span>
      </h3>
      {mending.told !== undefined && (
        <>
          <p>
            {say.told}
            <OutsideText text={mending.told.text} />
          </p>
          <p className="note">
            <OutsideText text={mending.told.by ?? ''} />　{typedForm(mending.told.at)}
          </p>
        </>
      )}
      {mending.text !== '' && (
        <p>
          <OutsideText text={mending.text} />
        </p>
      )}
      <p className="note">
        <OutsideText text={mending.by ?? ''} />　{typedForm(mending.at)}
        {mending.seenIn !== null && (
          <button
            type="button"
            className="text-button"
            onClick={() => onGo('inspection', `${mending.seenIn}/${code}`)}
          >
            {say.seenIn}
          </button>
        )}
      </p>
      {isOpen && (view.mayAnswer || view.mayInspect) && (
        <>
          <label>
            {say.mendingText}
            <textarea rows={2} value={text} onChange={({ target }) => setText(target.value)} />
          </label>
          <p className="inspection-actions">
            {view.mayAnswer && <Button onClick={() => void mend('reported')}>{say.report}</Button>}
            {view.mayInspect && <Button onClick={() => void mend('mended')}>{say.seen}</Button>}
          </p>
          {refused !== null && (
            <p className="wrong" role="alert">
              {refused}
            </p>
          )}
        </>
      )}
    </section>
  );
}
