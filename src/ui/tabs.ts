/** Which other tabs of this origin are alive: a living tab sends its own unsent texts, a dead one's must be taken over. */
const CHANNEL = 'dutyline-tabs';
const ANSWER_WITHIN_MS = 250;

interface Roll {
  readonly ask?: true;
  readonly alive?: string;
}

/** Answers other tabs from now on, and resolves with the names of those that answered us within a quarter second. */
export async function livingTabs(client: string): Promise<ReadonlySet<string>> {
  const channel = new BroadcastChannel(CHANNEL);
  const alive = new Set<string>();
  channel.onmessage = (event: MessageEvent<Roll>) => {
    if (event.data.ask === true) channel.postMessage({ alive: client } satisfies Roll);
    if (event.data.alive !== undefined) alive.add(event.data.alive);
  };
  channel.postMessage({ ask: true } satisfies Roll);
  await new Promise((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS));
  return alive;
}
