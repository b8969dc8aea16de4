/** 坐席: which place this browser stands at, and so which telephone belongs to it. Chosen once. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { RoomView } from '../web/protocol/room-view.ts';
import { useDesk, useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

export function SeatChoice({ room }: { readonly room: RoomView }): ReactElement {
  const { store } = useDesk();
  const commands = useDeskState((state) => state.commands);
  const [asked, setAsked] = useState<string | null>(null);
  const refusal = asked === null ? null : (commands.get(asked)?.refusal ?? null);
  return (
    <main className="login">
      <section className="login-card seat-card">
        <h1>{words.seat.title}</h1>
        <p className="login-mark">{room.name}</p>
        <p className="login-notice">{words.seat.hint}</p>
        {room.seats.length === 0 && <p className="wrong">{words.seat.none}</p>}
        {room.seats.map((seat, index) => (
          <Button
            key={seat.id}
            size="large"
            block
            autoFocus={index === 0}
            className="seat"
            onClick={() => setAsked(store.command({ type: 'take-seat', seat: seat.id }))}
          >
            <strong>{seat.name}</strong>
            <span>{seat.phone === null ? words.seat.noPhone : words.seat.phone(phoneOf(seat.phone))}</span>
            <span>{seat.person === null ? '' : words.seat.taken(seat.person.name)}</span>
          </Button>
        ))}
        {refusal !== null && (
          <p className="wrong" role="alert">
            {refusal.zh}
          </p>
        )}
        <Button type="link" onClick={() => void store.leave()}>
          {words.top.logOut}
        </Button>
      </section>
    </main>
  );
}

function phoneOf(endpoint: string): string {
  return endpoint.replace(/^[^/]+\//, '');
}
