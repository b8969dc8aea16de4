/** Step 4: units and their rooms, who works there, where they sit, by which accounts they log in. */
import type { ReactElement } from 'react';
import type { SetupView } from '../../web/protocol/setup-view.ts';
import { Mark } from '../icons.tsx';
import { AccountCard } from './account-card.tsx';
import { NextStep } from './next-step.tsx';
import { PersonCard } from './person-card.tsx';
import { RoomCard } from './room-card.tsx';
import { SeatCard } from './seat-card.tsx';
import { setupWords } from './setup-words.ts';
import { lacking } from './steps.ts';
import { UnitCard } from './unit-card.tsx';
import { WallCard } from './wall-card.tsx';

const say = setupWords.people;

export interface PeopleCardProps {
  readonly setup: SetupView;
  readonly onSaved: () => void;
}

export function PeopleStep(props: PeopleCardProps & { readonly onNext: (() => void) | null }): ReactElement {
  const missing = lacking(props.setup);
  return (
    <>
      {missing.map(({ room, what }) => (
        <p key={`${room} ${what}`} className="setup-bad">
          <Mark name="triangle" />
          {say.lacking[what](room)}
        </p>
      ))}
      <p className="panel-buttons">
        <NextStep onNext={props.onNext} />
      </p>
      <div className="setup-cards">
        <UnitCard setup={props.setup} onSaved={props.onSaved} />
        <RoomCard setup={props.setup} onSaved={props.onSaved} />
        <PersonCard setup={props.setup} onSaved={props.onSaved} />
        <SeatCard setup={props.setup} onSaved={props.onSaved} />
        <AccountCard setup={props.setup} onSaved={props.onSaved} />
        <WallCard setup={props.setup} />
      </div>
    </>
  );
}
