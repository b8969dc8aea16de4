/** 值班室: each of one unit, with the title of its form and its duty lines. */
import { type ReactElement, useState } from 'react';
import type { RoomPart } from '../../web/protocol/setup-view.ts';
import { newId } from '../ids.ts';
import { ChoiceLine, PartForm, PartList, TextLine } from './part-form.tsx';
import type { PeopleCardProps } from './people-step.tsx';
import { sendSetup } from './setup-api.ts';
import { setupWords } from './setup-words.ts';
import { indented, unitTree } from './unit-tree.ts';

const say = setupWords.people;

export function RoomCard({ setup, onSaved }: PeopleCardProps): ReactElement {
  const tree = unitTree(setup.units);
  const [was, setWas] = useState<RoomPart | null>(null);
  /** Whoever has opened or closed an entry goes on in the form. */
  const [moved, setMoved] = useState(false);
  const [room, setRoom] = useState<RoomPart>(() => blank(tree[0]?.unit.id ?? ''));
  const unitOf = (id: string) => setup.units.find((unit) => unit.id === id)?.name ?? id;
  function begin(next: RoomPart | null): void {
    setMoved(true);
    setWas(next);
    setRoom(next ?? blank(room.unit));
  }
  function save(): Promise<string | null> {
    const name = room.name.trim();
    const formTitle = room.formTitle.trim() || say.formTitleOf(name);
    return send('/parts', { kind: 'room', put: { ...room, name, formTitle }, was });
  }
  async function send(path: string, body: unknown): Promise<string | null> {
    const answer = await sendSetup(path, body);
    // Refused, too: what stands there now may be another than what is shown.
    onSaved();
    if (!answer.ok) return answer.zh;
    begin(null);
    return null;
  }
  function linesOf(id: string): string {
    const numbers = setup.lines.filter((line) => line.room === id).map(({ number }) => number);
    return numbers.length === 0 ? say.noLine : numbers.join('、');
  }
  return (
    <section className="card" aria-label={say.rooms}>
      <h3>{say.rooms}</h3>
      <PartList
        entries={setup.rooms.map(({ id, name, unit }) => ({ id, texts: [name, unitOf(unit), linesOf(id)] }))}
        onOpen={(id) => begin(setup.rooms.find((one) => one.id === id) ?? null)}
      />
      <PartForm
        key={was?.id ?? ''}
        takesFocus={moved}
        title={was === null ? say.addRoom : say.changeRoom}
        save={save}
        onCancel={was === null ? null : () => begin(null)}
        {...(was === null ? {} : { remove: () => send('/parts/remove', { kind: 'room', was }) })}
      >
        <TextLine label={say.roomName} value={room.name} onChange={(name) => setRoom({ ...room, name })} />
        {was === null && (
          <ChoiceLine
            label={say.unit}
            value={room.unit}
            choices={tree.map((one) => [one.unit.id, indented(one)])}
            onChange={(unit) => setRoom({ ...room, unit })}
          />
        )}
        <TextLine
          label={say.formTitle}
          value={room.formTitle}
          placeholder={say.formTitleOf(room.name.trim())}
          onChange={(formTitle) => setRoom({ ...room, formTitle })}
        />
        <p className="note">{say.roomKeepsUnit}</p>
      </PartForm>
    </section>
  );
}

function blank(unit: string): RoomPart {
  return { id: newId(), unit, name: '', formTitle: '' };
}
