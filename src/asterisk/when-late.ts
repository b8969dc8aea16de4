/** What has come by then is read, and the parser's own short silences are over. */
const READ_FIRST_MS = 50;

/**
 * Calls `late` when so many ms are over, unless the function it answers was called before. Of a process that was paused (a virtual
 * machine that was moved, a machine that has too much to do) timers are served before sockets (Node 24): the answer that came
 * meanwhile is read first.
 */
export function whenLate(ms: number, late: () => void): () => void {
  let timer = setTimeout(() => {
    timer = setTimeout(late, READ_FIRST_MS);
  }, ms);
  return () => clearTimeout(timer);
}
