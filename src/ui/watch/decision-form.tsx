/** 确认, 排除, 整改完成, in place: a reason where one is owed, Enter keeps it, Esc gives it up. Nothing typed is lost by a refusal. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useEffect, useId, useRef, useState } from 'react';
import type { FindingDecision } from '../../diagnosis/finding.ts';
import { newId } from '../ids.ts';
import { decide } from './watch-api.ts';
import { watchWords as say } from './words.ts';

export function DecisionForm(props: {
  readonly finding: string;
  readonly decision: FindingDecision;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): ReactElement {
  const { finding, decision } = props;
  const name = NAMES[decision];
  const [opId] = useState(newId);
  const [reason, setReason] = useState('');
  const [saving, setSaving] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const owed = decision !== 'finding-confirmed';
  useEffect(() => field.current?.focus(), []);
  async function keep(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (saving || (owed && reason.trim() === '')) return field.current?.focus();
    setSaving(true);
    const refusal = await decide(opId, finding, decision, reason.trim());
    setSaving(false);
    setSaid(refusal);
    if (refusal === null) props.onDone();
  }
  return (
    <form
      className="watch-decision"
      aria-label={say.findings.submit[name]}
      onSubmit={(event) => void keep(event)}
    >
      <label htmlFor={id}>{say.findings.reasons[name]}</label>
      <input
        id={id}
        ref={field}
        type="text"
        autoComplete="off"
        maxLength={500}
        value={reason}
        required={owed}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={saving || (owed && reason.trim() === '')}>
        {saving ? say.findings.saving : say.findings.submit[name]}
      </Button>
      <Button className="watch-cancel" onClick={props.onClose}>
        {say.findings.cancel}
      </Button>
      {said !== null && (
        <p className="wrong" role="alert">
          {said}
        </p>
      )}
    </form>
  );
}

const NAMES = {
  'finding-confirmed': 'confirmed',
  'finding-dismissed': 'dismissed',
  'finding-closed': 'closed',
} as const satisfies Readonly<Record<FindingDecision, string>>;
