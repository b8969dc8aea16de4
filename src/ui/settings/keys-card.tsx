/** 快捷键: each action with its keys; Enter on one, then the new key. What cannot be is refused where it was pressed. */
import { Button } from 'antd';
import { type KeyboardEvent, type ReactElement, useRef, useState } from 'react';
import type { FreeAction, Where } from '../../keys/action.ts';
import { chosenKeys, type KeyMap } from '../../keys/own-keys.ts';
import { keyWords } from '../key-words.ts';
import { usableActions } from '../usable-keys.ts';
import { useDesk, useDeskState } from '../use-desk.tsx';
import { useOwnKeys } from '../use-own-keys.ts';
import { judgeKey, judgeUsual } from './judge-key.ts';
import { type KeyPlaceOf, KeyRow, type RowSaid } from './key-row.tsx';
import { changeKeys } from './settings-api.ts';
import { settingsWords as say } from './settings-words.ts';
import { useKeyCapture } from './use-key-capture.ts';

/** `of` null: it is about all of them. */
type Said = RowSaid & { readonly of: FreeAction | null };

export function KeysCard(): ReactElement {
  const { store } = useDesk();
  const me = useDeskState((state) => state.me);
  const keys = useOwnKeys();
  const own = me?.keys ?? {};
  const actions = usableActions(me?.role ?? 'officer');
  const [asked, setAsked] = useState<KeyPlaceOf | null>(null);
  const [active, setActive] = useState<KeyPlaceOf>({ action: actions[0]?.name ?? 'lock', place: 0 });
  const [said, setSaid] = useState<Said | null>(null);
  const list = useRef<HTMLElement>(null);
  useKeyCapture(asked !== null, (heard) => {
    if (asked === null) return;
    const judged = judgeKey(own, asked, heard);
    if (judged.kind === 'left') leave();
    else if (judged.kind === 'refused') setSaid({ of: asked.action, zh: judged.zh, isWrong: true });
    else void save(asked.action, judged.keys, judged.zh);
  });

  function leave(): void {
    setAsked(null);
    setSaid(null);
  }
  async function save(of: FreeAction | null, next: KeyMap, zh: string): Promise<void> {
    setAsked(null);
    const answer = await changeKeys(next);
    if (answer.ok) store.dispatch({ type: 'keys-chosen', keys: next });
    setSaid({ of, zh: answer.ok ? zh : answer.refusal.zh, isWrong: !answer.ok });
  }
  function restore(action: FreeAction): void {
    const judged = judgeUsual(own, action);
    if (judged.kind === 'refused') {
      setSaid({ of: action, zh: judged.zh, isWrong: true });
      return;
    }
    // The button goes with what it undoes.
    list.current?.querySelector<HTMLElement>(`[data-action="${action}"]`)?.focus();
    void save(action, judged.keys, judged.zh);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('.keys-key') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const places: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: buttons.length - 1,
    };
    const to = places[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(to, buttons.length - 1))]?.focus();
  }

  return (
    <section className="card keys-card" aria-labelledby="keys-title">
      <h2 id="keys-title">{say.keysTitle}</h2>
      <p className="note">
        {say.keysExplain}
        {me?.person === null && say.keysShared}
      </p>
      <section className="keys-groups" aria-label={say.keysTitle} ref={list} onKeyDown={onKeyDown}>
        {groups(actions.map(({ where }) => where)).map((wheres) => (
          <section key={wheres[0]} className="keys-group">
            <h3>{keyWords.where[wheres[0]]}</h3>
            <ul>
              {actions
                .filter(({ where }) => wheres.includes(where))
                .map(({ name }) => (
                  <KeyRow
                    key={name}
                    action={name}
                    keys={keys.of(name)}
                    isChanged={own[name] !== undefined}
                    active={active.action === name ? active.place : null}
                    asked={asked?.action === name ? asked.place : null}
                    said={said?.of === name ? said : null}
                    onActive={(place) => setActive({ action: name, place })}
                    onAsk={(place) => {
                      setSaid(null);
                      setAsked({ action: name, place });
                    }}
                    onLeave={leave}
                    onRestore={() => restore(name)}
                  />
                ))}
            </ul>
          </section>
        ))}
        <section className="keys-group">
          <h3>{say.keysAlways}</h3>
          <ul>
            {keyWords.always.map(([key, what]) => (
              <li key={key} className="keys-row">
                <span>{what}</span>
                <kbd>{key}</kbd>
              </li>
            ))}
          </ul>
        </section>
      </section>
      <p className="keys-foot">
        <Button
          disabled={chosenKeys(own).length === 0}
          onClick={() => void save(null, {}, say.keysUsualDone)}
        >
          {say.keysUsual}
        </Button>
        <span role="status" className={said?.isWrong === true ? 'wrong' : 'secret-right'}>
          {said?.of === null ? said.zh : ''}
        </span>
      </p>
    </section>
  );
}

/** Places of one word stand together: of all pages, be it in a duty room or not. */
function groups(wheres: readonly Where[]): readonly (readonly [Where, ...Where[]])[] {
  const words = [...new Set(wheres.map((where) => keyWords.where[where]))];
  return words.flatMap((word) => {
    const [first, ...rest] = [...new Set(wheres)].filter((where) => keyWords.where[where] === word);
    return first === undefined ? [] : [[first, ...rest] as const];
  });
}
