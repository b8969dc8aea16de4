/** 单位: the tree of offices. Who may see what follows it. */
import { type ReactElement, useState } from 'react';
import type { UnitPart } from '../../web/protocol/setup-view.ts';
import { newId } from '../ids.ts';
import { ChoiceLine, PartForm, PartList, TextLine } from './part-form.tsx';
import type { PeopleCardProps } from './people-step.tsx';
import { sendSetup } from './setup-api.ts';
import { setupWords } from './setup-words.ts';
import { indented, parentsFor, unitTree } from './unit-tree.ts';

const say = setupWords.people;

export function UnitCard({ setup, onSaved }: PeopleCardProps): ReactElement {
  const tree = unitTree(setup.units);
  const [was, setWas] = useState<UnitPart | null>(null);
  /** Whoever has opened or closed an entry goes on in the form. */
  const [moved, setMoved] = useState(false);
  const [unit, setUnit] = useState<UnitPart>(() => blank(tree[0]?.unit.id ?? null));
  function begin(next: UnitPart | null): void {
    setMoved(true);
    setWas(next);
    setUnit(next ?? blank(unit.parent));
  }
  async function send(path: string, body: unknown): Promise<string | null> {
    const answer = await sendSetup(path, body);
    // Refused, too: what stands there now may be another than what is shown.
    onSaved();
    if (!answer.ok) return answer.zh;
    begin(null);
    return null;
  }
  return (
    <section className="card" aria-label={say.units}>
      <h3>{say.units}</h3>
      <PartList
        entries={tree.map((one) => ({ id: one.unit.id, texts: [indented(one)] }))}
        onOpen={(id) => begin(setup.units.find((one) => one.id === id) ?? null)}
      />
      <PartForm
        key={was?.id ?? ''}
        takesFocus={moved}
        title={was === null ? say.addUnit : say.changeUnit}
        save={() => send('/parts', { kind: 'unit', put: { ...unit, name: unit.name.trim() }, was })}
        onCancel={was === null ? null : () => begin(null)}
        {...(was === null ? {} : { remove: () => send('/parts/remove', { kind: 'unit', was }) })}
      >
        <TextLine label={say.unitName} value={unit.name} onChange={(name) => setUnit({ ...unit, name })} />
        <ChoiceLine
          label={say.parent}
          value={unit.parent ?? ''}
          choices={[
            ['', say.noParent],
            ...parentsFor(unit.id, tree).map((one) => [one.unit.id, indented(one)] as const),
          ]}
          onChange={(parent) => setUnit({ ...unit, parent: parent === '' ? null : parent })}
        />
      </PartForm>
    </section>
  );
}

function blank(parent: string | null): UnitPart {
  return { id: newId(), name: '', parent };
}
