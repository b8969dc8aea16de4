/** Step 3: the proof of a recording without its sound, and why. */
import type { ReactElement } from 'react';
import type { LineProof, ProofView, SetupView, SoundProof } from '../../web/protocol/setup-view.ts';
import { clockMinute, duration } from '../format.ts';
import { Mark } from '../icons.tsx';
import { saidDefect } from '../recording-words.ts';
import { words } from '../words.ts';
import { NextStep } from './next-step.tsx';
import { setupWords } from './setup-words.ts';
import { soundVerdict } from './steps.ts';

const say = setupWords.sound;

export function SoundStep(props: {
  readonly setup: SetupView;
  readonly proof: ProofView | null;
  readonly onNext: (() => void) | null;
}): ReactElement {
  const { setup, proof } = props;
  return (
    <>
      <p>{say.explain}</p>
      <p className="setup-why">{say.why}</p>
      <p className="panel-buttons">
        <span className="note">{say.refresh}</span>
        <NextStep onNext={props.onNext} />
      </p>
      {setup.lines.map((line) => (
        <section key={line.id} className="card" aria-label={say.lineOf(line.number)} aria-live="polite">
          <h3>{say.lineOf(line.number)}</h3>
          {line.recording === 'none' ? (
            <p>{say.off}</p>
          ) : (
            <Proof proof={proof?.lines.find((one) => one.line === line.id)} />
          )}
        </section>
      ))}
    </>
  );
}

function Proof({ proof }: { readonly proof: LineProof | undefined }): ReactElement {
  if (proof === undefined) return <p className="empty-say">{setupWords.loading}</p>;
  const { call, sound } = proof;
  if (call === null) return <p className="setup-owed">{say.noCall}</p>;
  const verdict = soundVerdict(proof);
  return (
    <>
      <dl className="setup-facts">
        <dt>{say.call}</dt>
        <dd>{say.talk(clockMinute(call.startedAt), duration(call.talkSeconds * 1_000))}</dd>
        {sound !== null && sound.state === 'attached' && <Measured sound={sound} />}
      </dl>
      {verdict === 'waiting' && <p role="status">{saidWaiting(proof)}</p>}
      {verdict === 'fail' && (
        <p className="setup-bad">
          <Mark name="triangle" />
          {saidFailure(sound)}
        </p>
      )}
    </>
  );
}

function Measured({ sound }: { readonly sound: SoundProof }): ReactElement {
  const { seconds, sides, sha256, defects, heardAt } = sound;
  return (
    <>
      <dt>{say.seconds}</dt>
      <dd>{seconds === null ? '' : say.secondsOf(seconds.toFixed(1))}</dd>
      {sides?.map(({ side, levelDbfs, activeSeconds }) => (
        <Side key={side} name={say.side[side]} level={levelDbfs} active={activeSeconds} />
      ))}
      <dt>{say.digest}</dt>
      <dd className="setup-digest">{sha256}</dd>
      {defects !== null && (
        <>
          <dt>{say.defects}</dt>
          <dd>{defects.length === 0 ? say.whole : defects.map(saidDefect).join('、')}</dd>
        </>
      )}
      <dt>{say.listening}</dt>
      <dd>{heardAt === null ? say.notHeard : say.heard(clockMinute(heardAt))}</dd>
    </>
  );
}

function Side(props: {
  readonly name: string;
  readonly level: number | null;
  readonly active: number;
}): ReactElement {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.level === null ? say.silent : say.level(props.level, props.active.toFixed(1))}</dd>
    </>
  );
}

function saidWaiting({ call, sound }: LineProof): string {
  if (call?.ended !== true) return say.talking;
  return sound?.state === 'attached' ? say.measuring : say.coming;
}

function saidFailure(sound: SoundProof | null): string {
  if (sound === null) return say.noSound;
  return sound.state === 'attached' ? say.fix : say.failed(words.recordingState[sound.state]);
}
