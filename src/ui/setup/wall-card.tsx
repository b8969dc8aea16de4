/** 公示屏: a link for each screen on a wall, shown once when it is made; which screens there are and when each last asked. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import type { SetupView } from '../../web/protocol/setup-view.ts';
import type { MadeWallLink, WallLinksView, WallLinkView } from '../../web/protocol/wall-links-view.ts';
import { listMoment } from '../format.ts';
import { ChoiceLine, PartForm, TextLine } from './part-form.tsx';
import { readAnswer, sendAnswer } from './setup-api.ts';
import { setupWords } from './setup-words.ts';
import { stillThere } from './use-part.ts';

const say = setupWords.walls;

export function WallCard({ setup }: { readonly setup: SetupView }): ReactElement {
  const [links, setLinks] = useState<readonly WallLinkView[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [room, setRoom] = useState('');
  const [name, setName] = useState('');
  const [made, setMade] = useState<{ readonly name: string; readonly link: string } | null>(null);
  const chosen = stillThere(room, setup.rooms);

  async function load(): Promise<void> {
    const answer = await readAnswer<WallLinksView>('/api/walls');
    setTrouble(answer.ok ? null : answer.zh);
    if (answer.ok) setLinks(answer.value.links);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; after that whenever something was changed.
  useEffect(() => void load(), []);

  async function save(): Promise<string | null> {
    const answer = await sendAnswer<MadeWallLink>('/api/walls', { room: chosen, name: name.trim() });
    if (!answer.ok) return answer.zh;
    setMade({ name: name.trim(), link: new URL(answer.value.path, location.href).href });
    setName('');
    await load();
    return null;
  }
  async function revoke(id: string): Promise<void> {
    const answer = await sendAnswer('/api/walls/revoke', { id });
    await load();
    if (!answer.ok) setTrouble(answer.zh);
  }
  return (
    <section className="card" aria-label={say.title}>
      <h3>{say.title}</h3>
      <p className="note">{say.explain}</p>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      {made !== null && (
        <p className="setup-password" role="status">
          {say.made(made.name)} <code>{made.link}</code>
        </p>
      )}
      {links.length === 0 && <p className="empty-say">{say.none}</p>}
      <ul className="card-rows setup-list">
        {links.map((link) => (
          <li key={link.id} className="setup-wall">
            <span className="row-text">
              {[
                link.name,
                setup.rooms.find(({ id }) => id === link.room)?.name ?? link.room,
                link.seenAt === null ? say.neverSeen : say.seen(listMoment(link.seenAt, setup.at)),
              ].join('　')}
            </span>
            <RevokeButton name={link.name} onRevoke={() => void revoke(link.id)} />
          </li>
        ))}
      </ul>
      <PartForm title={say.add} save={save} onCancel={null}>
        <ChoiceLine
          label={say.room}
          value={chosen}
          choices={setup.rooms.map((one) => [one.id, one.name])}
          onChange={setRoom}
        />
        <TextLine label={say.name} value={name} placeholder={say.nameHint} onChange={setName} />
      </PartForm>
    </section>
  );
}

/** Asks by a second press in the same place. */
function RevokeButton(props: { readonly name: string; readonly onRevoke: () => void }): ReactElement {
  const [asked, setAsked] = useState(false);
  return (
    <Button
      size="small"
      danger={asked}
      aria-label={`${asked ? say.revokeNow : say.revoke} ${props.name}`}
      onBlur={() => setAsked(false)}
      onClick={() => {
        setAsked(!asked);
        if (asked) props.onRevoke();
      }}
    >
      {asked ? say.revokeNow : say.revoke}
    </Button>
  );
}
