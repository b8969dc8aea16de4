/** 单位: the tree of offices. Who may see what follows it. */
import type { ReactElement } from 'react';
import type { UnitPart } from '../../web/protocol/setup-view.ts';
import { newId } from '../ids.ts';
import { ChoiceLine, PartForm, PartList, TextLine } from './part-form.tsx';
import type { PeopleCardProps } from './people-step.tsx';
import { setupWords } from './setup-words.ts';
import { indented, parentsFor, unitTree } from './unit-tree.ts';
import { usePart } from './use-part.ts';

const say = setupWords.people;

export function UnitCard({ setup, onSaved }: PeopleCardProps): ReactElement {
  const tree = unitTree(setup.units);
  const { was, part, setPart, moved, begin, send } = usePart<UnitPart>(
    (before) => blank(before === null ? (tree[0]?.unit.id ?? null) : before.parent),
    onSaved,
  );
  const isParentThere = setup.units.some(({ id }) => id === part.parent);
  const unit = { ...part, parent: isParentThere ? part.parent : null };
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
        <TextLine label={say.unitName} value={unit.name} onChange={(name) => setPart({ ...unit, name })} />
        <ChoiceLine
          label={say.parent}
          value={unit.parent ?? ''}
          choices={[
            ['', say.noParent],
            ...parentsFor(unit.id, tree).map((one) => [one.unit.id, indented(one)] as const),
          ]}
          onChange={(parent) => setPart({ ...unit, parent: parent === '' ? null : parent })}
        />
      </PartForm>
    </section>
  );
}

function blank(parent: string | null): UnitPart {
  return { id: newId(), name: '', parent };
}
