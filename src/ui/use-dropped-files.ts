/** Files dragged over a part of the page: whether they hover, and what to do when they are let go. Text that is dragged is left alone. */
import { type DragEvent, useRef, useState } from 'react';

export interface DroppedFiles {
  readonly hovering: boolean;
  readonly handlers: {
    readonly onDragEnter: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

export function useDroppedFiles(onFiles: (files: readonly File[]) => void): DroppedFiles {
  const [hovering, setHovering] = useState(false);
  /** Each element inside says enter and leave for itself. */
  const inside = useRef(0);
  function ifFiles(event: DragEvent, act: () => void): void {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    act();
  }
  return {
    hovering,
    handlers: {
      onDragEnter: (event) =>
        ifFiles(event, () => {
          inside.current += 1;
          setHovering(true);
        }),
      onDragOver: (event) =>
        ifFiles(event, () => {
          event.dataTransfer.dropEffect = 'copy';
        }),
      onDragLeave: (event) =>
        ifFiles(event, () => {
          inside.current -= 1;
          if (inside.current <= 0) setHovering(false);
        }),
      onDrop: (event) =>
        ifFiles(event, () => {
          inside.current = 0;
          setHovering(false);
          onFiles([...event.dataTransfer.files]);
        }),
    },
  };
}
