/** One piece of evidence: when, in sentences, with the call it can be heard in, the probe's sound, and the rest folded. */
import type { ReactElement } from 'react';
import { type SuspicionKind, TOPIC_OF } from '../../diagnosis/suspicion.ts';
import type { ProbeView } from '../../web/protocol/probe-view.ts';
import type { EvidenceView } from '../../web/protocol/watch-view.ts';
import { rawNumber } from '../bidi.ts';
import { listMoment } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import type { ScreenProps } from '../screens.tsx';
import { useMay } from '../use-may.ts';
import { evidenceWords } from './evidence-words.ts';
import { ProbeSound } from './probe-sound.tsx';
import { saidEvidence, type Technical } from './saying.ts';
import { watchWords as say } from './words.ts';

export function EvidenceItem(
  props: {
    readonly kind: SuspicionKind;
    readonly view: EvidenceView;
    /** The probe it rests on, where it is still known. */
    readonly probe: ProbeView | null;
    readonly now: number;
  } & Pick<ScreenProps, 'onGo'>,
): ReactElement {
  const { kind, view, probe, now } = props;
  const { call, evidence } = view;
  const mayHear = useMay('hear');
  const { sentences, technical } = saidEvidence(kind, evidence, probe?.result?.ending);
  // Seen by our own PBX as of any call: that it was ours, the sentence does not say.
  const ours = view.probe !== null && evidence.by === 'call' ? evidenceWords.said.inProbe : '';
  const isHeard = kind === 'heard-music' || kind === 'heard-speech';
  const ownTone =
    isHeard && probe?.result?.ownTone != null ? evidenceWords.said.ownTone[probe.result.ownTone] : '';
  const stretch = evidence.by === 'probe' ? evidence.stretch : null;
  return (
    <li>
      <p>
        <time>{listMoment(view.at, now)}</time> {ours}
        {sentences.join('')}
        {ownTone}
        {TOPIC_OF[kind] !== 'answering' && <span className="note">{say.range(say.scopes[view.scope])}</span>}
        {call !== null && mayHear && (
          <button type="button" className="text-button" onClick={() => props.onGo('replay', call)}>
            {say.findings.replay}
          </button>
        )}
      </p>
      {probe !== null && <ProbeSound probe={probe} stretch={stretch} />}
      <Folded technical={[...technical, ...(probe === null ? [] : ofProbe(probe))]} />
    </li>
  );
}

/** Signalling as it came: for the technician, not for the officer. */
export function Folded({ technical }: { readonly technical: Technical }): ReactElement | null {
  if (technical.length === 0) return null;
  return (
    <details className="watch-technical">
      <summary>{say.findings.technical}</summary>
      <dl>
        {technical.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <OutsideText text={rawNumber(value)} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export function ofProbe({ result }: ProbeView): Technical {
  if (result === null) return [];
  const { cause, sip, arrival } = result;
  return [
    ...(sip === null ? [] : [[evidenceWords.technical.sip, sip] as const]),
    ...(cause === null ? [] : [[evidenceWords.technical.cause, String(cause)] as const]),
    ...(arrival === null
      ? []
      : ([
          [evidenceWords.technical.did, arrival.did],
          ...(arrival.caller === null ? [] : [[evidenceWords.technical.caller, arrival.caller] as const]),
          ...(arrival.diverted === null
            ? []
            : [[evidenceWords.technical.diverted, arrival.diverted] as const]),
          [
            evidenceWords.technical.phoneRang,
            arrival.phoneRang ? evidenceWords.technical.rang : evidenceWords.technical.silent,
          ],
        ] as const)),
  ];
}
