/** Step 5: the telephone book is brought in on its own screen. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { setupWords } from './setup-words.ts';

const say = setupWords.directory;

export function DirectoryStep(props: {
  readonly contacts: number;
  readonly onOpen: () => void;
}): ReactElement {
  return (
    <>
      <p className={props.contacts === 0 ? 'setup-bad' : undefined}>
        {props.contacts === 0 ? say.none : say.count(props.contacts)}
      </p>
      <p className="note">{say.superior}</p>
      <p className="panel-buttons">
        <Button type={props.contacts === 0 ? 'primary' : 'default'} onClick={props.onOpen}>
          {say.open}
        </Button>
      </p>
    </>
  );
}
