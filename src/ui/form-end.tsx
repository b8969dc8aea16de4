/** How a form ends: why it was not kept, above the button that sends it and the ways out. */
import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';

export function FormEnd(props: {
  readonly trouble: string | null;
  /** Class of the row of buttons. */
  readonly row: string;
  readonly send: string;
  /** It is being kept: not twice. */
  readonly busy?: boolean;
  readonly cancel: string;
  /** Null: the form stays. */
  readonly onCancel: (() => void) | null;
  /** Other ways out. */
  readonly children?: ReactNode;
}): ReactElement {
  const { trouble, onCancel } = props;
  return (
    <>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      <p className={props.row}>
        <Button type="primary" htmlType="submit" disabled={props.busy === true}>
          {props.send}
        </Button>
        {onCancel !== null && <Button onClick={onCancel}>{props.cancel}</Button>}
        {props.children}
      </p>
    </>
  );
}
