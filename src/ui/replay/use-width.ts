/** How wide an element is now, pixels. */
import { useEffect, useState } from 'react';

export function useWidth(element: HTMLElement | null): number {
  const [width, setWidth] = useState(600);
  useEffect(() => {
    if (element === null) return;
    const watching = new ResizeObserver(() => setWidth(element.clientWidth));
    watching.observe(element);
    return () => watching.disconnect();
  }, [element]);
  return width;
}
