/** Words that take three lines at most, so that one long matter hides no other; 全文 unfolds them where they stand. */
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { isolated } from '../bidi.ts';
import { handOverWords as say } from './words.ts';

export function Folded(props: {
  /** What a resting pointer reads. */
  readonly whole: string;
  readonly children: ReactNode;
}): ReactElement {
  const { whole } = props;
  const words = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isCut, setCut] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words may need more lines in the same width.
  useEffect(() => {
    const element = words.current;
    // Unfolded nothing is cut, and the way back must stay.
    if (element === null || isOpen) return;
    const watching = new ResizeObserver(() => setCut(element.scrollHeight > element.clientHeight + 1));
    watching.observe(element);
    return () => watching.disconnect();
  }, [isOpen, whole]);
  return (
    <>
      <span
        ref={words}
        className={isOpen ? 'hand-over-words' : 'hand-over-words hand-over-folded'}
        title={isCut && !isOpen ? isolated(whole) : undefined}
      >
        {props.children}
      </span>
      {isCut && (
        <button type="button" className="text-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? say.fold : say.unfold}
        </button>
      )}
    </>
  );
}
