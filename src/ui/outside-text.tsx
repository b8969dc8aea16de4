/** Text that somebody outside made, or anybody typed: shown as text, in a box of its own writing direction. */
import type { ReactElement } from 'react';
import type { CallView } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { contained } from './bidi.ts';
import { callerOf, saidNumber } from './saying.ts';

export function OutsideText({ text }: { readonly text: string }): ReactElement {
  return <bdi>{contained(text)}</bdi>;
}

/** `市应急管理局（张某）`, a part of it, else `otherwise`. */
export function Caller(props: {
  readonly call: CallView;
  readonly record: RecordView | null;
  readonly otherwise: string;
}): ReactElement {
  const { unit, person } = callerOf(props.call, props.record);
  if (unit === '' || person === '') return <OutsideText text={unit || person || props.otherwise} />;
  return (
    <>
      <OutsideText text={unit} />（<OutsideText text={person} />）
    </>
  );
}

/** The caller, else his number. */
export function Who(props: { readonly call: CallView; readonly record: RecordView | null }): ReactElement {
  return <Caller {...props} otherwise={saidNumber(props.call, props.record)} />;
}
