/** One key from an unknown caller to 通讯录: the number stands there already. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { scopeOf } from '../accounts/access.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import { useDeskState } from './use-desk.tsx';
import { useScreen } from './use-screen.ts';
import { words } from './words.ts';
import { otherSide } from './work-items.ts';

export function ToDirectory({ call }: { readonly call: CallView }): ReactElement | null {
  const role = useDeskState((state) => state.me?.role ?? null);
  const { go } = useScreen();
  const { caller } = call;
  const number = otherSide(call);
  const known = caller.class !== 'unknown' || caller.unit !== null || caller.person !== null;
  if (known || number === null || role === null || scopeOf(role, 'edit-directory') === 'none') return null;
  return (
    <Button size="small" onClick={() => go('directory', number)}>
      {words.facts.toDirectory}
    </Button>
  );
}
