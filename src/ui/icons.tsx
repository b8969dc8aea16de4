/** Marks of states: always a shape beside colour and word. Drawn here, so that no icon font is needed. */
import type { ReactElement } from 'react';

export type MarkName =
  | 'bell'
  | 'dot'
  | 'ring'
  | 'bars'
  | 'triangle'
  | 'square'
  | 'tick'
  | 'dash'
  | 'question'
  | 'hatched'
  | 'glass'
  | 'speaker'
  | 'door'
  | 'book'
  | 'drill'
  | 'wrench'
  | 'wave'
  | 'flag'
  | 'seal'
  | 'gear'
  | 'shield'
  | 'lock'
  | 'calendar'
  | 'hand-over';

const SHAPES: Readonly<Record<MarkName, ReactElement>> = {
  'hand-over': (
    <path
      d="M2 5.200h10M9 2.200l3 3-3 3M14 10.800H4M7 7.800l-3 3 3 3"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    />
  ),
  calendar: (
    <path
      d="M2 3.500h12v10.500H2zM2 6.500h12M5 1.500v3M11 1.500v3M5 9.300h2M9 9.300h2M5 11.700h2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
    />
  ),
  bell: (
    <path d="M8 1.500a4.5 4.5 0 0 0-4.5 4.500c0 4-1.5 5-1.5 6h12c0-1-1.5-2-1.5-6A4.5 4.5 0 0 0 8 1.500zM6.3 13.200a1.8 1.8 0 0 0 3.4 0z" />
  ),
  dot: <circle cx="8" cy="8" r="5.5" />,
  ring: <circle cx="8" cy="8" r="4.7" fill="none" stroke="currentColor" strokeWidth="2" />,
  bars: <path d="M3.5 2.500h3v11h-3zM9.5 2.500h3v11h-3z" />,
  triangle: <path d="M8 1.5 15 14H1zM7.2 6v4h1.600V6zm0 5v1.500h1.600V11z" fillRule="evenodd" />,
  square: <path d="M3 3h10v10H3z" />,
  tick: <path d="M2.5 8.5 6.5 12.5 13.5 4" fill="none" stroke="currentColor" strokeWidth="2.4" />,
  dash: <path d="M2 7h12v2H2z" />,
  question: (
    <path
      d="M5 5.500C5 3.5 6.3 2.3 8 2.300s3 1.1 3 2.800c0 2.2-2.6 2.3-2.6 4.600M8.4 12v1.7"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    />
  ),
  speaker: (
    <path
      d="M2 6h3l4-3.5v11L5 10H2zM11 5.5a3.5 3.5 0 0 1 0 5M12.5 3a7 7 0 0 1 0 10"
      stroke="currentColor"
      strokeWidth="1.2"
      fillRule="evenodd"
    />
  ),
  glass: (
    <path
      d="M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2zM10.8 10.800 14.5 14.500"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    />
  ),
  gear: (
    <path
      d="M8 5.400a2.6 2.600 0 1 0 0 5.200 2.6 2.600 0 0 0 0-5.200zM8 1.500v2.200M8 12.300v2.200M1.500 8h2.200M12.300 8h2.200M3.400 3.400 5 5M11 11l1.600 1.600M3.400 12.600 5 11M11 5l1.600-1.600"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    />
  ),
  lock: (
    <path
      d="M3 7.500h10v6.500H3zM5 7.500V5a3 3 0 0 1 6 0v2.500"
      stroke="currentColor"
      strokeWidth="1.6"
      fillRule="evenodd"
      fill="none"
    />
  ),
  door: <path d="M9 2H3v12h6M6 8h8m-3-3 3 3-3 3" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  book: (
    <path
      d="M3 2h10v12H3zM6 2v12M8.500 5.500h2.500M8.500 8h2.500"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    />
  ),
  drill: (
    <path
      d="M8 2a6 6 0 1 0 6 6M8 5a3 3 0 1 0 3 3M8 8l6-6M11.500 2H14v2.500"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    />
  ),
  wrench: (
    <path
      d="M13.500 4.500a3.500 3.500 0 0 1-4.700 3.900L4.300 13a1.500 1.500 0 0 1-2.200-2.200l4.600-4.500A3.500 3.500 0 0 1 11.200 2L9.300 4l2.600 2.600z"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
    />
  ),
  wave: <path d="M2 6v4M5 3v10M8 5v6M11 2v12M14 6v4" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  flag: <path d="M3 1.500h1.600v13H3zM5.600 2.500h8L11 5.500l2.600 3h-8z" />,
  seal: (
    <path
      d="M8 1.700a6.3 6.3 0 1 0 0 12.600A6.3 6.3 0 0 0 8 1.700zM4.800 8.200l2.300 2.300 4.200-4.700"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    />
  ),
  shield: (
    <path
      d="M8 1.500 13.500 3.500V8c0 3.300-2.400 5.500-5.500 6.500C4.900 13.500 2.500 11.300 2.500 8V3.500zM8 4.800v4M8 10.400v1.600"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    />
  ),
  hatched: <path d="M2 14 14 2M2 9 9 2M7 14l7-7" fill="none" stroke="currentColor" strokeWidth="1.6" />,
};

export function Mark({ name }: { readonly name: MarkName }): ReactElement {
  return (
    <svg className="mark" viewBox="0 0 16 16" width="14" height="14" fill="currentColor" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  );
}
