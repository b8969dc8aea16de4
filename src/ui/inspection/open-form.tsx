/** A new 检查记录表: which office, which rooms, which stretch, when and by whom. The last thirty days and this minute stand there. */
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import type { InspectedPlace } from '../../duty/inspection-view.ts';
import { FormEnd } from '../form-end.tsx';
import { day, typedForm, typedMoment } from '../format.ts';
import { newId } from '../ids.ts';
import { typedDay } from '../search/typed-day.ts';
import { useDeskState } from '../use-desk.tsx';
import { send } from './inspection-api.ts';
import { inspectionWords } from './words.ts';

const say = inspectionWords.open;
const MONTH_MS = 29 * 86_400_000;

export function OpenForm(props: {
  readonly places: readonly InspectedPlace[];
  readonly now: number;
  readonly onOpened: (id: string) => void;
  readonly onCancel: () => void;
}): ReactElement {
  const { places, now } = props;
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  const me = useDeskState((state) => state.me?.name ?? '');
  const [unit, setUnit] = useState(places[0]?.unit ?? '');
  const place = places.find((one) => one.unit === unit);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [from, setFrom] = useState(day(now - MONTH_MS));
  const [to, setTo] = useState(day(now));
  const [inspectedAt, setInspectedAt] = useState(typedForm(now));
  const [inspectors, setInspectors] = useState(me);
  const [refused, setRefused] = useState<string | null>(null);

  async function begin(event: FormEvent): Promise<void> {
    event.preventDefault();
    const [first, last, moment] = [typedDay(from, now), typedDay(to, now), typedMoment(inspectedAt, now)];
    if (first === null || last === null) return setRefused(say.badDay);
    if (moment === null) return setRefused(say.badMoment);
    const id = newId();
    const rooms = (place?.rooms ?? []).map((room) => room.id).filter((room) => !left.has(room));
    const body = { id, unit, rooms, from: first.from, to: last.to, inspectedAt: moment, inspectors };
    const answer = await send('/api/inspections', body);
    setRefused(answer);
    if (answer === null) props.onOpened(id);
  }
  const toggle = (room: string) => {
    const next = new Set(left);
    if (!next.delete(room)) next.add(room);
    setLeft(next);
  };
  return (
    <form className="inspection-form" onSubmit={(event) => void begin(event)}>
      <h2>{say.title}</h2>
      <label>
        {say.unit}
        <select ref={first} value={unit} onChange={(event) => setUnit(event.target.value)}>
          {places.map((one) => (
            <option key={one.unit} value={one.unit}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend>{say.rooms}</legend>
        {place?.rooms.map((room) => (
          <label key={room.id} className="inspection-tick">
            <input type="checkbox" checked={!left.has(room.id)} onChange={() => toggle(room.id)} />{' '}
            {room.name}
          </label>
        ))}
      </fieldset>
      <label>
        {say.from}
        <input value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        {say.to}
        <input value={to} onChange={(event) => setTo(event.target.value)} />
      </label>
      <label>
        {say.inspectedAt}
        <input value={inspectedAt} onChange={(event) => setInspectedAt(event.target.value)} />
      </label>
      <label>
        {say.inspectors}
        <input
          value={inspectors}
          placeholder={say.inspectorsHint}
          onChange={(event) => setInspectors(event.target.value)}
        />
      </label>
      <FormEnd
        trouble={refused}
        row="inspection-actions"
        send={say.begin}
        cancel={say.cancel}
        onCancel={props.onCancel}
      />
    </form>
  );
}
