/**
 * 先记后登: the one box of a locked page. What is typed is kept at once; F2, or his own key for it, leads here
 * from anywhere.
 */
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LockedCallView } from '../../web/protocol/lock-view.ts';
import { isolated } from '../bidi.ts';
import { useDesk } from '../use-desk.tsx';
import { keyPlace } from '../use-keys.ts';
import { useOwnKeys } from '../use-own-keys.ts';
import type { LockDraft } from './lock-drafts.ts';
import { saidLockedNumber } from './lock-strip.tsx';
import { lockWords as say } from './lock-words.ts';

/** As the service takes it. */
const LONGEST = 4_000;

export function LockNote({ calls }: { readonly calls: readonly LockedCallView[] }): ReactElement {
  const { lockBox } = useDesk().store;
  const draft = useSyncExternalStore(lockBox.subscribe, lockBox.open);
  const trouble = useSyncExternalStore(lockBox.subscribe, lockBox.trouble);
  const box = useRef<HTMLTextAreaElement>(null);
  const keys = useOwnKeys();
  // Whoever comes back to a ringing telephone begins to write; no later event moves the focus.
  const [rangThen] = useState(calls.length > 0);
  useEffect(() => {
    if (rangThen) box.current?.focus();
  }, [rangThen]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (keys.actionOf(event, keyPlace()) !== 'newest') return;
      event.preventDefault();
      box.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [keys]);

  const call = callOf(calls);
  const about = draft?.about ?? (call === null ? '' : isolated(saidLockedNumber(call)));
  return (
    <section className="lock-note">
      <label htmlFor="lock-note">
        {say.note} <kbd>{keys.said('newest')}</kbd>
      </label>
      <span className="lock-about">{about === '' ? say.noteAlone : say.noteAbout(about)}</span>
      <textarea
        id="lock-note"
        ref={box}
        maxLength={LONGEST}
        value={draft?.text ?? ''}
        onChange={(event) => lockBox.type(event.target.value, { call: call?.id ?? null, about })}
      />
      <div className="lock-foot">
        <span className="note">{say.noteHint}</span>
        <span className={saidState(draft, trouble).bad ? 'saved-bad' : 'note'} role="status">
          {saidState(draft, trouble).zh}
        </span>
        <Button
          size="small"
          disabled={draft === null}
          onClick={() => {
            lockBox.beginAnew();
            box.current?.focus();
          }}
        >
          {say.another}
        </Button>
      </div>
    </section>
  );
}

/** The one this seat talks in, else the one that rings, else none. */
function callOf(calls: readonly LockedCallView[]): LockedCallView | null {
  return (
    calls.find(({ here, phase }) => here && phase !== 'ringing' && phase !== 'arriving') ??
    calls.find(({ direction }) => direction === 'inbound') ??
    calls[0] ??
    null
  );
}

function saidState(
  draft: LockDraft | null,
  trouble: 'waiting' | 'nowhere' | null,
): { readonly zh: string; readonly bad: boolean } {
  if (draft === null) return { zh: '', bad: false };
  if (draft.refusal !== null) return { zh: draft.refusal, bad: true };
  if (draft.saved >= draft.version) return { zh: say.saved, bad: false };
  return trouble === null ? { zh: say.saving, bad: false } : { zh: say[trouble], bad: true };
}
