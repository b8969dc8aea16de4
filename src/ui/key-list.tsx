/** The keys that hold here, as a person has them: below 本班须知. */
import type { ReactElement } from 'react';
import { keyWords, saidAction, saidChord } from './key-words.ts';
import { usableActions } from './usable-keys.ts';
import { useDeskState } from './use-desk.tsx';
import { useOwnKeys } from './use-own-keys.ts';

export function KeyList(): ReactElement {
  const keys = useOwnKeys();
  const role = useDeskState((state) => state.me?.role ?? 'officer');
  const rows = usableActions(role).flatMap(({ name, where }) => {
    const said = keys.of(name).map(saidChord).join(' / ');
    const place = where === 'replay' ? `${keyWords.where.replay}：` : '';
    return said === '' ? [] : [[said, `${place}${saidAction(name)}`] as const];
  });
  return (
    <dl>
      {[...rows, ...keyWords.always].map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
