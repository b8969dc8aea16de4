/** What one verdict rests on: its sentence, 拨测, the findings with their evidence, and those that were dealt with. */
import { type ReactElement, type Ref, useState } from 'react';
import { isOpen } from '../../diagnosis/finding.ts';
import type { Topic } from '../../diagnosis/suspicion.ts';
import type { WatchedLineView } from '../../web/protocol/watch-view.ts';
import { PaperMenu } from '../paper-menu.tsx';
import type { ScreenProps } from '../screens.tsx';
import { useDeskState } from '../use-desk.tsx';
import { FindingCard } from './finding-card.tsx';
import { ProbePart } from './probe-part.tsx';
import { findingsOf, openFindings, verdictMoment, verdictScope, verdictSentence } from './verdicts.ts';
import { useProbes } from './watch-api.ts';
import { watchWords as say } from './words.ts';

export function LinePanel(
  props: {
    readonly ref: Ref<HTMLElement>;
    readonly line: WatchedLineView;
    readonly topic: Topic;
    readonly now: number;
    readonly onChanged: () => void;
  } & Pick<ScreenProps, 'onGo'>,
): ReactElement {
  const { line, topic, now } = props;
  const { shown, reload } = useProbes(line.line);
  const [done, setDone] = useState(false);
  const all = findingsOf(line, topic);
  const open = all.filter(({ state }) => isOpen(state));
  const over = all.filter(({ state }) => !isOpen(state));
  const probes = shown.kind === 'probes' ? shown.probes : [];
  const card = (finding: (typeof all)[number]): ReactElement => (
    <FindingCard
      key={finding.id}
      finding={finding}
      probes={probes}
      now={now}
      onChanged={props.onChanged}
      onGo={props.onGo}
    />
  );
  return (
    <section
      ref={props.ref}
      className="watch-panel"
      aria-label={`${line.number} ${say.topics[topic]}`}
      tabIndex={-1}
    >
      <header className="watch-panel-head">
        <h2>
          {say.topics[topic]}　{line.number}
        </h2>
        <span className="note">
          {line.unit} {line.roomName}
        </span>
        <LinePapers line={line.line} />
      </header>
      <p className="watch-sentence">{sentenceOf(line, topic, now)}</p>
      {topic !== 'answering' && <Range line={line} topic={topic} now={now} />}
      {topic !== 'answering' && <ProbePart line={line.line} shown={shown} now={now} onAsked={reload} />}
      <h3>
        {say.findings.open} {open.length}
      </h3>
      {open.length === 0 && <p className="empty-say">{say.findings.none}</p>}
      {open.map(card)}
      {over.length > 0 && (
        <details open={done} onToggle={(event) => setDone(event.currentTarget.open)}>
          <summary>
            {say.findings.done} {over.length}
          </summary>
          {done && over.map(card)}
        </details>
      )}
    </section>
  );
}

/** 检测记录 of the line: findings, decisions and probes, for an inspection (迎检). */
function LinePapers({ line }: { readonly line: string }): ReactElement {
  const online = useDeskState((state) => state.link.state === 'open');
  const url = `/api/papers/line?line=${encodeURIComponent(line)}`;
  return (
    <PaperMenu
      button={say.papers.button}
      label={say.papers.label}
      online={online}
      choices={[
        { word: say.papers.print, kind: 'print', url, alone: null },
        { word: say.papers.word, kind: 'file', url: `${url}&format=docx`, alone: null },
      ]}
    />
  );
}

function Range({
  line,
  topic,
  now,
}: {
  readonly line: WatchedLineView;
  readonly topic: 'forwarding' | 'ringback';
  readonly now: number;
}): ReactElement | null {
  const parts = [verdictMoment(line[topic], now), verdictScope(line[topic])].filter((part) => part !== '');
  return parts.length === 0 ? null : <p className="note">{parts.join('　')}</p>;
}

function sentenceOf(line: WatchedLineView, topic: Topic, now: number): string {
  if (topic === 'answering') return say.verdict.answering(openFindings(line, topic).length);
  return verdictSentence(topic, line[topic], now);
}
