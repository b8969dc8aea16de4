/** 检查: the list with what is to be mended, one 检查记录表, and 迎检; all of it by keys. */
import './inspection.css';
import type { ReactElement } from 'react';
import type { ScreenProps } from '../screens.tsx';
import { InspectionList } from './inspection-list.tsx';
import { InspectionPage } from './inspection-page.tsx';
import { ReadinessPage } from './readiness-page.tsx';
import { READY, readinessPlace } from './readiness-place.ts';
import { inspectionWords as say } from './words.ts';

export function InspectionScreen({ argument, onGo }: ScreenProps): ReactElement {
  return (
    <main className="screen inspection" aria-label={say.title}>
      {argument === null ? (
        <InspectionList onGo={onGo} />
      ) : argument === READY || argument.startsWith(`${READY}/`) ? (
        <ReadinessPage place={readinessPlace(argument)} onGo={onGo} />
      ) : (
        <InspectionPage key={argument} id={argument} onGo={onGo} />
      )}
    </main>
  );
}
