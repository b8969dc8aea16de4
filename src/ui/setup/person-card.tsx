import { type ReactElement, useState } from 'react';
import type { PersonPart } from '../../web/protocol/setup-view.ts';
import { newId } from '../ids.ts';
import { ChoiceLine, PartForm, PartList, TextLine } from './part-form.tsx';
import type { PeopleCardProps } from './people-step.tsx';
import { sendSetup } from './setup-api.ts';
import { setupWords } from './setup-words.ts';
import { stillThere } from './use-part.ts';

const say = setupWords.people;

export function PersonCard({ setup, onSaved }: PeopleCardProps): ReactElement {
  const [was, setWas] = useState<PersonPart | null>(null);
  const [typed, setPerson] = useState<PersonPart>(() => blank(setup.rooms[0]?.id ?? ''));
  const person = { ...typed, room: stillThere(typed.room, setup.rooms) };
  const roomOf = (id: string) => setup.rooms.find((room) => room.id === id)?.name ?? id;
  function begin(next: PersonPart | null): void {
    setWas(next);
    setPerson(next ?? blank(person.room));
  }
  async function save(): Promise<string | null> {
    const put = {
      ...person,
      name: person.name.trim(),
      title: emptyAsNull(person.title),
      phone: emptyAsNull(person.phone),
    };
    const answer = await sendSetup('/parts', { kind: 'person', put, was });
    if (!answer.ok) return answer.zh;
    begin(null);
    onSaved();
    return null;
  }
  return (
    <section className="card" aria-label={say.people}>
      <h3>{say.people}</h3>
      <PartList
        entries={setup.people.map(({ id, name, title, phone, room }) => ({
          id,
          texts: [name, title, phone, roomOf(room)],
        }))}
        onOpen={(id) => begin(setup.people.find((one) => one.id === id) ?? null)}
      />
      <PartForm
        title={was === null ? say.addPerson : say.changePerson}
        save={save}
        onCancel={was === null ? null : () => begin(null)}
      >
        <TextLine label={say.name} value={person.name} onChange={(name) => setPerson({ ...person, name })} />
        <TextLine
          label={say.jobTitle}
          value={person.title ?? ''}
          onChange={(title) => setPerson({ ...person, title })}
        />
        <TextLine
          label={say.phone}
          value={person.phone ?? ''}
          onChange={(phone) => setPerson({ ...person, phone })}
        />
        <ChoiceLine
          label={say.room}
          value={person.room}
          choices={setup.rooms.map(({ id, name }) => [id, name])}
          onChange={(room) => setPerson({ ...person, room })}
        />
      </PartForm>
    </section>
  );
}

function blank(room: string): PersonPart {
  return { id: newId(), room, name: '', title: null, phone: null };
}

function emptyAsNull(text: string | null): string | null {
  const plain = text?.trim() ?? '';
  return plain === '' ? null : plain;
}
