/**
 * Tells the service, now and then, that somebody is at this page, so that it is not locked under his hands. Where the service is
 * out of reach, the page looks after its lock itself: a cable that is pulled out must not keep records on the screen.
 */

/** No more often than this. */
const TELL_EVERY_MS = 20_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

export function followActivity(deps: {
  /** Somebody works here without touching anything. */
  readonly busy: () => boolean;
  readonly tell: () => void;
  /** Without a sign for so long, ms; 0: never. */
  readonly lockAfterMs: () => number;
  readonly lock: () => void;
}): void {
  let told = Number.NEGATIVE_INFINITY;
  let sign = performance.now();
  const seen = (): void => {
    const now = performance.now();
    sign = now;
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    deps.tell();
  };
  for (const name of SIGNS) window.addEventListener(name, seen, { capture: true, passive: true });
  setInterval(() => {
    if (deps.busy()) seen();
    const lockAfterMs = deps.lockAfterMs();
    if (lockAfterMs > 0 && performance.now() - sign >= lockAfterMs) deps.lock();
  }, TELL_EVERY_MS);
}
