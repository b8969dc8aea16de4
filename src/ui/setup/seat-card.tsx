import { type ReactElement, useState } from 'react';
import type { SeatPart } from '../../web/protocol/setup-view.ts';
import { newId } from '../ids.ts';
import { ChoiceLine, PartForm, PartList, TextLine } from './part-form.tsx';
import type { PeopleCardProps } from './people-step.tsx';
import { sendSetup } from './setup-api.ts';
import { setupWords } from './setup-words.ts';
import { stillThere } from './use-part.ts';

const say = setupWords.people;

export function SeatCard({ setup, onSaved }: PeopleCardProps): ReactElement {
  const [was, setWas] = useState<SeatPart | null>(null);
  const [typed, setSeat] = useState<SeatPart>(() => blank(setup.rooms[0]?.id ?? ''));
  const seat = { ...typed, room: stillThere(typed.room, setup.rooms) };
  const roomOf = (id: string) => setup.rooms.find((room) => room.id === id)?.name ?? id;
  const phones = [
    ...new Set(setup.lines.filter(({ room }) => room === seat.room).flatMap((line) => line.phones)),
  ];
  function begin(next: SeatPart | null): void {
    setWas(next);
    setSeat(next ?? blank(seat.room));
  }
  async function save(): Promise<string | null> {
    const answer = await sendSetup('/parts', { kind: 'seat', put: { ...seat, name: seat.name.trim() }, was });
    if (!answer.ok) return answer.zh;
    begin(null);
    onSaved();
    return null;
  }
  return (
    <section className="card" aria-label={say.seats}>
      <h3>{say.seats}</h3>
      <PartList
        entries={setup.seats.map(({ id, name, phone, room }) => ({ id, texts: [name, phone, roomOf(room)] }))}
        onOpen={(id) => begin(setup.seats.find((one) => one.id === id) ?? null)}
      />
      <PartForm
        title={was === null ? say.addSeat : say.changeSeat}
        save={save}
        onCancel={was === null ? null : () => begin(null)}
      >
        <TextLine label={say.seatName} value={seat.name} onChange={(name) => setSeat({ ...seat, name })} />
        <ChoiceLine
          label={say.room}
          value={seat.room}
          choices={setup.rooms.map(({ id, name }) => [id, name])}
          onChange={(room) => setSeat({ ...seat, room, phone: null })}
        />
        <ChoiceLine
          label={say.seatPhone}
          value={seat.phone ?? ''}
          choices={[['', say.noPhone], ...phones.map((phone) => [phone, phone] as const)]}
          onChange={(phone) => setSeat({ ...seat, phone: phone === '' ? null : phone })}
        />
      </PartForm>
    </section>
  );
}

function blank(room: string): SeatPart {
  return { id: newId(), room, name: '', phone: null };
}
