/** What the system knows, a sentence each, with the ways to what was counted. */
import type { ReactElement } from 'react';
import type { KnownLine, KnownWay } from '../../duty/inspection-known.ts';
import { OutsideText } from '../outside-text.tsx';
import type { ScreenProps } from '../screens.tsx';
import { useMay } from '../use-may.ts';
import { pathOfReadiness } from './readiness-place.ts';
import { inspectionWords as say } from './words.ts';

const SOFT: Readonly<Record<KnownLine['tone'], string>> = {
  good: 'soft-green',
  poor: 'soft-red',
  plain: '',
  unknown: 'soft-grey',
};

export function KnownLines(props: {
  readonly lines: readonly KnownLine[];
  readonly onGo: ScreenProps['onGo'];
}): ReactElement {
  return (
    <ul className="inspection-known">
      {props.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences have nothing else, and none moves.
        <li key={index}>
          {say.tones[line.tone] !== '' && (
            <span className={`badge ${SOFT[line.tone]}`}>{say.tones[line.tone]}</span>
          )}{' '}
          <OutsideText text={line.text} />
          {line.ways.map((way) => (
            <Way key={`${way.to} ${way.text}`} way={way} onGo={props.onGo} />
          ))}
        </li>
      ))}
    </ul>
  );
}

function Way({ way, onGo }: { readonly way: KnownWay; readonly onGo: ScreenProps['onGo'] }): ReactElement {
  const sees = useMay('see-room');
  const hears = useMay('hear');
  const go = wayOf(way, onGo, sees, hears);
  if (go === null) return <span className="note inspection-way">{way.text}</span>;
  return (
    <button type="button" className="text-button" onClick={go}>
      <OutsideText text={way.text} />
    </button>
  );
}

/** Null: there is no page for it, or it is not this role's. */
function wayOf(way: KnownWay, onGo: ScreenProps['onGo'], sees: boolean, hears: boolean): (() => void) | null {
  if (!sees) return null;
  switch (way.to) {
    case 'call':
      return hears ? () => onGo('replay', way.id) : null;
    case 'calls':
      return () => onGo('inspection', pathOfReadiness({ ...way, to: way.until }));
    case 'record':
      return () => onGo('records', way.number);
    case 'finding':
    case 'line':
      return () => onGo('watch', way.id);
    case 'roster':
      return () => onGo('roster');
    case 'hand-over':
      return () => onGo('hand-over');
    case 'incident':
      return () => onGo('incident', way.id);
    case 'notes':
      return null;
  }
}
