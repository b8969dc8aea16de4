/** One row: time, who and what came of it; state as colour, shape and word. */
import type { CSSProperties, ReactElement } from 'react';
import type { CallView } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { beginning, rawNumber } from './bidi.ts';
import { listMoment } from './format.ts';
import { Mark } from './icons.tsx';
import { OutsideText, Who } from './outside-text.tsx';
import { callerOf, isUnreadable, saidLength, saidNumber } from './saying.ts';
import { Badge, PhaseMark, phaseTone, RecordMark } from './state-mark.tsx';
import { words } from './words.ts';
import { shownPhase, type WorkItem } from './work-items.ts';

export function WorkRow(props: {
  readonly id: string;
  readonly item: WorkItem;
  /** Where it stands among the rows of its part. */
  readonly place: { readonly index: number; readonly count: number; readonly style: CSSProperties };
  readonly now: number;
  readonly active: boolean;
  readonly shown: boolean;
  /** Chosen together with others; null while none is. */
  readonly marked: boolean | null;
  readonly onShow: () => void;
  readonly onMark: () => void;
}): ReactElement {
  const { item } = props;
  const { call, record } = item;
  const names = ['row', props.active ? 'row-active' : '', props.shown ? 'row-shown' : ''];
  if (props.marked === true) names.push('row-marked');
  if (record?.state === 'void' || record?.state === 'no-record') names.push('row-void');
  return (
    <div
      id={props.id}
      role="option"
      aria-selected={props.shown}
      aria-checked={props.marked ?? undefined}
      aria-posinset={props.place.index + 1}
      aria-setsize={props.place.count}
      style={props.place.style}
      tabIndex={-1}
      className={names.join(' ')}
      // Mouse down would take the focus away from where the officer types.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => (event.ctrlKey ? props.onMark() : props.onShow())}
      onKeyDown={undefined}
    >
      <span className="row-line">
        {props.marked === true && <Mark name="tick" />}
        <time>{listMoment(item.at, props.now)}</time>
        <span className="row-who">
          {call === null ? <OutsideText text={whoByHand(record)} /> : <Who call={call} record={record} />}
        </span>
        <State item={item} />
      </span>
      <span className="row-line row-second">
        <span className="row-number" title={rawNumber(call?.caller.number ?? '')}>
          {call === null ? words.list.byHand : <Second call={call} record={record} />}
        </span>
        <span className="row-matter">
          <OutsideText text={beginning(record?.fields.content.value ?? '', 40)} />
        </span>
      </span>
    </div>
  );
}

function State({ item }: { readonly item: WorkItem }): ReactElement | null {
  const { call, record, need } = item;
  if (call !== null && call.phase !== 'ended')
    return (
      <span className={`badge soft-${phaseTone(shownPhase(call))}`}>
        <PhaseMark phase={shownPhase(call)} />
      </span>
    );
  if (need === 'call-back') return <Badge tone="red" mark="triangle" word={words.list.callBack} />;
  if (record !== null && (need === 'draft' || record.state !== 'draft'))
    return <RecordMark state={record.state} />;
  return null;
}

function whoByHand(record: RecordView | null): string {
  const unit = record?.fields.callerUnit.value ?? '';
  return unit || record?.fields.callerName.value || words.list.byHand;
}

function Second({
  call,
  record,
}: {
  readonly call: CallView;
  readonly record: RecordView | null;
}): ReactElement {
  const { direction } = call;
  const { unit, person } = callerOf(call, record);
  const way =
    direction === 'outbound' ? words.strip.outgoing : direction === 'internal' ? words.strip.internal : '';
  const outcome =
    call.outcome === null || call.outcome === 'answered' ? '' : (words.outcome[call.outcome] ?? '');
  // Where the first line already shows the number there is no need to repeat it.
  const named = unit !== '' || person !== '';
  const number = named && !isUnreadable(call) ? shortNumber(call, record) : '';
  const mark = call.recovered ? words.facts.recovered : '';
  const first = [way, number].filter((part) => part !== '');
  const rest = [outcome, saidLength(call), mark].filter((part) => part !== '');
  return (
    <>
      {call.tampered && (
        <span className="row-tampered">
          <Mark name="triangle" />
          {words.strip.tampered}
        </span>
      )}
      <OutsideText text={first.join(' ')} />
      {first.length > 0 && rest.length > 0 && ' · '}
      {rest.join(' · ')}
    </>
  );
}

/** Numbers of citizens are masked in lists; the form and the facts show them whole. */
function shortNumber(call: CallView, record: RecordView | null): string {
  const number = saidNumber(call, record);
  if (call.caller.class !== 'public' || call.direction === 'outbound') return number;
  return number.replace(/\d(?=\d{0,3}$)|\d(?=\d{4,7}$)/g, (digit, at: number) =>
    at >= number.length - 8 && at < number.length - 4 ? '*' : digit,
  );
}
