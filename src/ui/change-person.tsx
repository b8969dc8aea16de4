/** 换人: who sits here now, by PIN, in three seconds. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { useDesk, useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

export function ChangePerson(props: { readonly onDone: () => void }): ReactElement {
  const { store } = useDesk();
  const officers = useDeskState((state) => state.room?.officers) ?? [];
  const current = useDeskState((state) => state.me?.person?.id) ?? null;
  const commands = useDeskState((state) => state.commands);
  const others = officers.filter((officer) => officer.id !== current);
  const [person, setPerson] = useState(others[0]?.id ?? '');
  const [pin, setPin] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const first = useRef<HTMLSelectElement>(null);
  const refusal = asked === null ? null : (commands.get(asked)?.refusal ?? null);
  const waiting = asked !== null && commands.has(asked) && refusal === null;
  const { onDone } = props;
  // The popover mounts before it is placed; focus earlier would scroll the page. Whoever was quicker keeps his caret.
  useEffect(() => {
    const soon = setTimeout(() => {
      if (first.current?.form?.contains(document.activeElement) !== true) first.current?.focus();
    }, 50);
    return () => clearTimeout(soon);
  }, []);
  useEffect(() => {
    if (asked !== null && !commands.has(asked)) onDone();
  }, [asked, commands, onDone]);

  function confirm(event: FormEvent): void {
    event.preventDefault();
    if (person === '' || pin === '' || waiting) return;
    // What the former officer typed goes out under his own name first.
    store.flush();
    if (asked !== null) store.dispatch({ type: 'dismiss-command', opId: asked });
    setAsked(store.command({ type: 'change-person', person, pin }));
    setPin('');
  }

  if (others.length === 0) return <p className="change">{words.change.nobody}</p>;
  return (
    <form className="change" onSubmit={confirm}>
      <select
        ref={first}
        aria-label={words.change.title}
        value={person}
        onChange={(event) => setPerson(event.target.value)}
      >
        {others.map((officer) => (
          <option key={officer.id} value={officer.id}>
            {officer.name}
            {officer.title === null ? '' : `　${officer.title}`}
          </option>
        ))}
      </select>
      <label htmlFor="pin">{words.change.pin}</label>
      <input
        id="pin"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={16}
        value={pin}
        onChange={(event) => setPin(event.target.value)}
      />
      <p className={refusal === null ? 'note' : 'wrong'} role="alert">
        {waiting ? words.change.waiting : (refusal?.zh ?? words.change.hint)}
      </p>
      <Button type="primary" htmlType="submit" block disabled={pin === '' || waiting}>
        {words.change.confirm}
      </Button>
    </form>
  );
}
