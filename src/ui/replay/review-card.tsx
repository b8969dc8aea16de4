/** 评议: how a call was taken, by whoever may judge it; what was held before stays to be seen. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { Refusal } from '../../records/command.ts';
import {
  REASON_NAMES,
  REMARK_LIMIT,
  REVIEW_REASONS,
  REVIEW_VERDICTS,
  type ReviewReason,
  type ReviewVerdict,
  refusalOfReview,
  VERDICT_NAMES,
} from '../../records/review.ts';
import type { ReviewView } from '../../web/protocol/review-view.ts';
import { listMoment } from '../format.ts';
import { newId } from '../ids.ts';
import { OutsideText } from '../outside-text.tsx';
import { Badge } from '../state-mark.tsx';
import { keepReview } from './replay-api.ts';
import { replayWords as say } from './words.ts';

export function ReviewCard(props: {
  readonly call: string;
  readonly reviews: readonly ReviewView[];
  readonly now: number;
  readonly mayReview: boolean;
  /** The call is over, and not shut away. */
  readonly open: boolean;
  readonly onKept: (verdict: ReviewVerdict) => void;
}): ReactElement {
  const { reviews, now } = props;
  const [latest, ...earlier] = reviews;
  const [changing, setChanging] = useState(false);
  const isAsked = props.mayReview && props.open && (latest === undefined || changing);
  return (
    <section className="replay-review" aria-label={say.review.title}>
      <h2>{say.review.title}</h2>
      {latest !== undefined && <Said review={latest} now={now} />}
      {latest === undefined && !isAsked && <p className="empty-say">{say.review.none}</p>}
      {isAsked && (
        <ReviewForm
          call={props.call}
          latest={latest}
          onCancel={latest === undefined ? null : () => setChanging(false)}
          onKept={(kept) => {
            setChanging(false);
            props.onKept(kept);
          }}
        />
      )}
      {latest !== undefined && props.mayReview && props.open && !changing && (
        <Button size="small" onClick={() => setChanging(true)}>
          {say.review.change}
        </Button>
      )}
      {earlier.length > 0 && (
        <details>
          <summary>
            {say.review.history}（{earlier.length}）
          </summary>
          {earlier.map((review) => (
            <Said key={review.id} review={review} now={now} />
          ))}
        </details>
      )}
    </section>
  );
}

function Said({ review, now }: { readonly review: ReviewView; readonly now: number }): ReactElement {
  const { verdict, reasons, remark, by, at } = review;
  return (
    <div className="replay-review-said">
      <p>
        <Verdict verdict={verdict} />{' '}
        <span className="note">
          <OutsideText text={say.review.by(by ?? '', listMoment(at, now))} />
        </span>
      </p>
      {reasons.length > 0 && (
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>{REASON_NAMES[reason]}</li>
          ))}
        </ul>
      )}
      {remark !== '' && (
        <p>
          <OutsideText text={remark} />
        </p>
      )}
    </div>
  );
}

function Verdict({ verdict }: { readonly verdict: ReviewVerdict }): ReactElement {
  return verdict === 'proper' ? (
    <Badge tone="green" mark="seal" word={VERDICT_NAMES.proper} />
  ) : (
    <Badge tone="amber" mark="flag" word={VERDICT_NAMES.improper} />
  );
}

function ReviewForm(props: {
  readonly call: string;
  readonly latest: ReviewView | undefined;
  readonly onCancel: (() => void) | null;
  readonly onKept: (verdict: ReviewVerdict) => void;
}): ReactElement {
  const { latest } = props;
  // The same mark sent a second time, after a lost answer, is the same mark.
  const [review, setReview] = useState(newId);
  const [verdict, setVerdict] = useState<ReviewVerdict | null>(null);
  const [reasons, setReasons] = useState<readonly ReviewReason[]>(latest?.reasons ?? []);
  const [remark, setRemark] = useState(latest?.remark ?? '');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  async function keep(chosen: ReviewVerdict): Promise<void> {
    const said = { verdict: chosen, reasons: chosen === 'improper' ? reasons : [], remark };
    const objection = refusalOfReview(said);
    setRefusal(objection);
    if (objection !== null) return;
    setBusy(true);
    const answer = await keepReview(props.call, { review, seen: latest?.id ?? null, ...said });
    setBusy(false);
    if (answer.kind === 'kept') return props.onKept(chosen);
    setRefusal(answer.refusal);
    // What was refused was not kept: the next attempt is another mark.
    if (answer.refusal.code !== 'unreachable') setReview(newId());
  }

  return (
    <form
      className="replay-review-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (verdict !== null) void keep(verdict);
      }}
    >
      <fieldset className="replay-verdicts" aria-label={say.review.mark}>
        {REVIEW_VERDICTS.map((one) => (
          <button
            key={one}
            type="button"
            className={`replay-verdict replay-verdict-${one}`}
            aria-pressed={verdict === one}
            onClick={() => {
              setVerdict(one);
              setRefusal(null);
            }}
          >
            <Verdict verdict={one} />
          </button>
        ))}
      </fieldset>
      {verdict === 'improper' && (
        <fieldset>
          <legend>{say.review.reasons}</legend>
          {REVIEW_REASONS.map((reason) => (
            <label key={reason}>
              <input
                type="checkbox"
                checked={reasons.includes(reason)}
                onChange={() =>
                  setReasons((before) =>
                    before.includes(reason) ? before.filter((one) => one !== reason) : [...before, reason],
                  )
                }
              />
              {REASON_NAMES[reason]}
            </label>
          ))}
        </fieldset>
      )}
      {verdict !== null && (
        <label className="replay-remark">
          {say.review.remark}
          <textarea
            rows={2}
            maxLength={REMARK_LIMIT}
            value={remark}
            onChange={(event) => setRemark(event.target.value)}
          />
        </label>
      )}
      {refusal !== null && (
        <p className="wrong" role="alert">
          {refusal.zh}
        </p>
      )}
      <p className="panel-buttons">
        {verdict !== null && (
          <Button size="small" type="primary" htmlType="submit" disabled={busy}>
            {busy ? say.review.saving : say.review.keep}
          </Button>
        )}
        {props.onCancel !== null && (
          <Button size="small" onClick={props.onCancel}>
            {say.review.cancel}
          </Button>
        )}
      </p>
    </form>
  );
}
