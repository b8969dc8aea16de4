import { Button } from 'antd';
import type { ReactElement } from 'react';
import { setupWords as say } from './setup-words.ts';

export function NextStep({ onNext }: { readonly onNext: (() => void) | null }): ReactElement | null {
  return onNext === null ? null : <Button onClick={onNext}>{say.next}</Button>;
}
