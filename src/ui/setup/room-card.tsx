/** 值班室: each of one unit, with the title of its form and its duty lines. */
import type { ReactElement } from 'react';
import type { RoomPart } from '../../web/protocol/setup-view.ts';
import { newId } from '../ids.ts';
import { ChoiceLine, PartForm, PartList, TextLine } from './part-form.tsx';
import type { PeopleCardProps } from './people-step.tsx';
import { setupWords } from './setup-words.ts';
import { indented, unitTree } from './unit-tree.ts';
import { stillThere, usePart } from './use-part.ts';

const say = setupWords.people;

export function RoomCard({ setup, onSaved }: PeopleCardProps): ReactElement {
  const tree = unitTree(setup.units);
  const units = tree.map(({ unit }) => unit);
  const { was, part, setPart, moved, begin, send } = usePart<RoomPart>(
    (before) => blank(before?.unit ?? units[0]?.id ?? ''),
    onSaved,
  );
  const room = { ...part, unit: stillThere(part.unit, units) };
  const unitOf = (id: string) => setup.units.find((unit) => unit.id === id)?.name ?? id;
  function save(): Promise<string | null> {
    const name = room.name.trim();
    const formTitle = room.formTitle.trim() || say.formTitleOf(name);
    return send('/parts', { kind: 'room', put: { ...room, name, formTitle }, was });
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
        <TextLine label={say.roomName} value={room.name} onChange={(name) => setPart({ ...room, name })} />
        {was === null && (
          <ChoiceLine
            label={say.unit}
            value={room.unit}
            choices={tree.map((one) => [one.unit.id, indented(one)])}
            onChange={(unit) => setPart({ ...room, unit })}
          />
        )}
        <TextLine
          label={say.formTitle}
          value={room.formTitle}
          placeholder={say.formTitleOf(room.name.trim())}
          onChange={(formTitle) => setPart({ ...room, formTitle })}
        />
        <p className="note">{say.roomKeepsUnit}</p>
      </PartForm>
    </section>
  );
}

function blank(unit: string): RoomPart {
  return { id: newId(), unit, name: '', formTitle: '' };
}
