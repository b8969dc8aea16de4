/** Why, in one line; for 不需上报 also who was asked. */
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { FormFrame } from './form-frame.tsx';
import { incidentWords as say } from './words.ts';

export function ReasonLine(props: {
  readonly label: string;
  readonly asksWhom?: true;
  /** Null when it was written, else why not. */
  readonly onReason: (reason: string, asked: string) => Promise<string | null>;
  readonly onCancel: () => void;
}): ReactElement {
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <FormFrame
      title={props.label}
      shape="line"
      word={say.reason.go}
      trouble={trouble}
      onSend={() => void props.onReason(reason, asked).then(setTrouble)}
      onCancel={props.onCancel}
    >
      <div className="incident-pair">
        <label>
          <span>{props.label}</span>
          <input
            ref={field}
            value={reason}
            maxLength={400}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {props.asksWhom === true && (
          <label>
            <span>{say.reason.asked}</span>
            <input value={asked} maxLength={100} onChange={(event) => setAsked(event.target.value)} />
          </label>
        )}
      </div>
    </FormFrame>
  );
}
