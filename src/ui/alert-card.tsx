/** 对外告警: how each receiver fares, and what became of the last alerts. */
import { type ReactElement, useEffect, useState } from 'react';
import type { AlertView, ChannelView } from '../web/protocol/alert-view.ts';
import { answerSentence } from './alert-answer.ts';
import { type Sending, sendingsOf } from './alert-sendings.ts';
import { alertWords as say } from './alert-words.ts';
import { Card } from './card.tsx';
import { listMoment } from './format.ts';
import { Badge, type Tone } from './state-mark.tsx';

const EVERY_MS = 10_000;
const SHOWN = 20;

interface AlertLog {
  readonly channels: readonly ChannelView[];
  readonly alerts: readonly AlertView[];
}

const TONES: Readonly<Record<AlertView['deliveries'][number]['state'], Tone>> = {
  waiting: 'amber',
  delivered: 'green',
  'given-up': 'red',
};

export function AlertCard({ now }: { readonly now: number }): ReactElement {
  const { log, failed } = useAlertLog();
  return (
    <Card title={say.title}>
      {failed && <p className="wrong">{say.failed}</p>}
      {log !== null && (
        <>
          {log.channels.length === 0 && <p className="note">{say.off}</p>}
          {log.channels.map((channel) => (
            <p key={channel.channel}>
              <Channel channel={channel} now={now} />
            </p>
          ))}
          <h3>{log.alerts.length === 0 ? say.none : say.log}</h3>
          <ul className="card-rows alert-rows">
            {log.alerts.slice(0, SHOWN).map((alert) => (
              <li key={alert.id}>
                <time>{listMoment(alert.at, now)}</time>
                <span className="row-text" title={alert.zh}>
                  {alert.zh}
                </span>
                <Sendings sendings={sendingsOf(alert, log.channels, now)} now={now} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function Sendings(props: { readonly sendings: readonly Sending[]; readonly now: number }): ReactElement {
  const { sendings, now } = props;
  if (sendings.length === 0) return <span className="note">{say.notSent}</span>;
  return (
    <>
      {sendings.map((one) => {
        const name = say.channels[one.channel];
        if (one.state === 'queued') return <Badge key={one.channel} tone="amber" word={say.queued(name)} />;
        const { channel, state, triedAt, attempts, answer } = one;
        const word = say.delivery(name, say.states[state], listMoment(triedAt, now), attempts);
        return (
          <Badge
            key={channel}
            tone={TONES[state]}
            word={word}
            title={answer === null ? '' : met(channel, answer)}
          />
        );
      })}
    </>
  );
}

function met(channel: ChannelView['channel'], answer: string): string {
  return say.met(answerSentence(channel, answer), answer);
}

function Channel({ channel, now }: { readonly channel: ChannelView; readonly now: number }): ReactElement {
  const { waiting, failingSince, answer } = channel;
  const name = say.channels[channel.channel];
  if (failingSince !== null)
    return (
      <>
        <Badge tone="red" mark="triangle" word={say.failing(name, listMoment(failingSince, now), waiting)} />{' '}
        {answer !== null && <span className="note">{met(channel.channel, answer)}</span>}
      </>
    );
  return <Badge tone="grey" word={waiting === 0 ? say.fine(name) : say.waiting(name, waiting)} />;
}

function useAlertLog(): { readonly log: AlertLog | null; readonly failed: boolean } {
  const [log, setLog] = useState<AlertLog | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function read(): Promise<void> {
      const found = await readLog(stopped.signal);
      if (stopped.signal.aborted) return;
      setFailed(found === null);
      if (found !== null) setLog(found);
      timer = setTimeout(() => void read(), EVERY_MS);
    }
    void read();
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, []);
  return { log, failed };
}

async function readLog(signal: AbortSignal): Promise<AlertLog | null> {
  try {
    const answer = await fetch('/api/alerts', { cache: 'no-store', signal });
    return answer.ok ? ((await answer.json()) as AlertLog) : null;
  } catch {
    return null;
  }
}
