/** 快捷键: each action with its keys; Enter on one, then the new key. What cannot be is refused where it was pressed. */
import { Button } from 'antd';
import { type KeyboardEvent, type ReactElement, useRef, useState } from 'react';
import type { FreeAction, Where } from '../../keys/action.ts';
import { chosenKeys, type KeyMap, usualKeyTaken, withKey, withoutAction } from '../../keys/own-keys.ts';
import { type KeyRefusal, refuseNewKey } from '../../keys/refuse-key.ts';
import { keyWords, saidChord } from '../key-words.ts';
import { usableActions } from '../usable-keys.ts';
import { useDesk, useDeskState } from '../use-desk.tsx';
import { useOwnKeys } from '../use-own-keys.ts';
import { type KeyPlaceOf, KeyRow, type RowSaid } from './key-row.tsx';
import { changeKeys } from './settings-api.ts';
import { settingsWords as say } from './settings-words.ts';
import { type Heard, useKeyCapture } from './use-key-capture.ts';

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
    if (asked !== null) take(asked, heard);
  });

  function refuse(of: FreeAction, zh: string): void {
    setSaid({ of, zh, isWrong: true });
  }
  async function save(of: FreeAction | null, next: KeyMap, zh: string): Promise<void> {
    setAsked(null);
    const answer = await changeKeys(next);
    if (answer.ok) store.dispatch({ type: 'keys-chosen', keys: next });
    setSaid({ of, zh: answer.ok ? zh : answer.refusal.zh, isWrong: !answer.ok });
  }
  function take({ action, place }: KeyPlaceOf, heard: Heard): void {
    switch (heard.kind) {
      case 'leave':
        setAsked(null);
        return setSaid(null);
      case 'nothing':
        return refuse(action, say.keyNothing);
      case 'modifier':
        return refuse(action, say.keyModifier);
      case 'unknown':
        return refuse(action, say.keyUnknown);
      case 'chord': {
        const { chord } = heard;
        if (keys.of(action)[place] === chord) return take({ action, place }, { kind: 'leave' });
        const refusal = refuseNewKey(keys.of, action, chord);
        if (refusal !== null) return refuse(action, saidRefusal(refusal, saidChord(chord)));
        const done = say.keyDone(keyWords.actions[action][0], saidChord(chord));
        void save(action, withKey(own, action, place, chord), done);
      }
    }
  }
  function restore(action: FreeAction): void {
    const taken = usualKeyTaken(own, action);
    if (taken !== null)
      return refuse(action, say.keyUsualTaken(saidChord(taken.chord), keyWords.actions[taken.by][0]));
    // The button goes with what it undoes.
    list.current?.querySelector<HTMLElement>(`[data-action="${action}"]`)?.focus();
    void save(action, withoutAction(own, action), say.keyUsualDone(keyWords.actions[action][0]));
  }
  function onKeyDown(event: KeyboardEvent): void {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('.keys-key') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
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
                    onLeave={() => setAsked(null)}
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

function saidRefusal(refusal: KeyRefusal, key: string): string {
  if (refusal.why !== 'taken') return say.keyRefused[refusal.why](key);
  return say.keyTaken(key, refusal.by === 'element' ? keyWords.elements : keyWords.actions[refusal.by][0]);
}
