/** What a table says of one probe: the same on the page and on paper. Pure. */
import { ENDING_NAMES, HEARD_NAMES, RESULT_NAMES, WHY_NOT_KNOWN } from '../../diagnosis/names.ts';
import { networkWords } from '../../diagnosis/network-words.ts';
import type { ProbeView } from './probe-view.ts';

export function isProbeOver({ state }: Pick<ProbeView, 'state'>): boolean {
  return state === 'done' || state === 'failed';
}

/** After how many seconds it rang; '' while that is not known. */
export function rangWords(probe: Pick<ProbeView, 'state' | 'steps' | 'result'>): string {
  const { seconds = null, state } = probe.steps.find(({ step }) => step === 'rang') ?? {};
  // A line that was kept busy is good for saying so, and did not ring.
  const hasRung = state === 'good' && probe.result?.ending !== 'busy';
  if (hasRung && seconds !== null) return `${seconds.toFixed(1)} 秒后振铃`;
  return isProbeOver(probe) ? '没有振铃' : '';
}

export function heardWords({ result }: Pick<ProbeView, 'result'>): string {
  return result?.heard == null ? '' : HEARD_NAMES[result.heard.verdict];
}

/** '' before the probe is over. */
export function foundWords({ result }: Pick<ProbeView, 'result'>, topic: 'forwarding' | 'ringback'): string {
  return result === null ? '' : RESULT_NAMES[result[topic]];
}

const UNDER_WAY: Readonly<Record<ProbeView['state'], string>> = {
  waiting: '排队',
  running: '拨测中',
  done: '完成',
  failed: '没有拨通',
};

/** Q.850: no such number. */
const UNALLOCATED = 1;

/**
 * How it ended, why it proves nothing where it does not, and where the network itself said that it goes; how far it is before
 * that. `shown` writes a number as the page or the paper does.
 */
export function outcomeWords(
  probe: Pick<ProbeView, 'result' | 'state'>,
  shown: (number: string) => string,
): string {
  const ended = endingWords(probe);
  const network = networkWords(probe.result?.passedOn ?? null, shown).join('');
  return network === '' || ended.endsWith('。') ? `${ended}${network}` : `${ended}。${network}`;
}

function endingWords({ result, state }: Pick<ProbeView, 'result' | 'state'>): string {
  if (result === null) return UNDER_WAY[state];
  const { why, cause } = result;
  const ending = result.ending === 'rejected' && cause === UNALLOCATED ? '空号' : ENDING_NAMES[result.ending];
  if (why === null) return ending;
  if (why !== 'probe-failed') return `${ending}。${WHY_NOT_KNOWN[why]}`;
  return result.ending === 'failed' ? WHY_NOT_KNOWN[why] : `${ending}，未能检测。`;
}
