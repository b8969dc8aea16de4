/** Accounts; a new one comes with a first password, which is shown once and kept nowhere. */
import { type ReactElement, useState } from 'react';
import { ROLES, type Role } from '../../accounts/access.ts';
import { ChoiceLine, PartForm, PartList, TextLine } from './part-form.tsx';
import type { PeopleCardProps } from './people-step.tsx';
import { sendSetup } from './setup-api.ts';
import { setupWords } from './setup-words.ts';

const say = setupWords.people;

interface Draft {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: string;
  readonly person: string | null;
}

interface Made {
  readonly login: string;
  readonly password: string;
}

export function AccountCard({ setup, onSaved }: PeopleCardProps): ReactElement {
  const blank: Draft = {
    login: '',
    name: '',
    role: 'officer',
    unit: setup.rooms[0]?.unit ?? '',
    person: null,
  };
  const [draft, setDraft] = useState(blank);
  const [made, setMade] = useState<Made | null>(null);
  const unitOf = (id: string) => setup.units.find((unit) => unit.id === id)?.name ?? id;

  function choosePerson(id: string): void {
    const person = setup.people.find((one) => one.id === id);
    const unit = setup.rooms.find((room) => room.id === person?.room)?.unit ?? draft.unit;
    const name = draft.name === '' ? (person?.name ?? '') : draft.name;
    setDraft({ ...draft, person: person?.id ?? null, unit, name });
  }
  async function save(): Promise<string | null> {
    const body = { ...draft, login: draft.login.trim(), name: draft.name.trim() || draft.login.trim() };
    const answer = await sendSetup<Made>('/accounts', body);
    if (!answer.ok) return answer.zh;
    setMade(answer.value);
    setDraft(blank);
    onSaved();
    return null;
  }
  return (
    <section className="card" aria-label={say.accounts}>
      <h3>{say.accounts}</h3>
      {made !== null && (
        <p className="setup-password" role="status">
          {say.password(made.login)} <code>{made.password}</code>
        </p>
      )}
      <PartList
        entries={setup.accounts.map(({ id, login, name, role, unit, disabled }) => ({
          id,
          texts: [
            login,
            name === login ? null : name,
            say.roles[role],
            unitOf(unit),
            disabled ? say.closed : null,
          ],
        }))}
        onOpen={null}
      />
      <PartForm title={say.addAccount} save={save} onCancel={null}>
        <ChoiceLine
          label={say.person}
          value={draft.person ?? ''}
          choices={[['', say.noPerson], ...setup.people.map(({ id, name }) => [id, name] as const)]}
          onChange={choosePerson}
        />
        <TextLine label={say.login} value={draft.login} onChange={(login) => setDraft({ ...draft, login })} />
        <TextLine
          label={say.accountName}
          value={draft.name}
          onChange={(name) => setDraft({ ...draft, name })}
        />
        <ChoiceLine
          label={say.role}
          value={draft.role}
          choices={ROLES.map((role) => [role, say.roles[role]])}
          onChange={(role) => setDraft({ ...draft, role: ROLES.find((one) => one === role) ?? 'officer' })}
        />
        <ChoiceLine
          label={say.unit}
          value={draft.unit}
          choices={setup.units.map(({ id, name }) => [id, name])}
          onChange={(unit) => setDraft({ ...draft, unit })}
        />
      </PartForm>
    </section>
  );
}
