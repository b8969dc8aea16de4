/** One key from an unknown caller to 通讯录: the number stands there already. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import type { CallView } from '../web/protocol/call-view.ts';
import { useMay } from './use-may.ts';
import { useScreen } from './use-screen.ts';
import { words } from './words.ts';
import { otherSide } from './work-items.ts';

export function ToDirectory({ call }: { readonly call: CallView }): ReactElement | null {
  const mayEdit = useMay('edit-directory');
  const { go } = useScreen();
  const { caller } = call;
  const number = otherSide(call);
  const known = caller.class !== 'unknown' || caller.unit !== null || caller.person !== null;
  if (known || number === null || !mayEdit) return null;
  return (
    <Button size="small" onClick={() => go('directory', number)}>
      {words.facts.toDirectory}
    </Button>
  );
}
