/** The log of a shift as 附件1 looks: 交班, 接班, 接班, 其他需要说明事项; written in place. */
import type { ReactElement, ReactNode } from 'react';
import type { ShiftLogList, ShiftLogView, SignedHandOver } from '../../duty/shift-log-view.ts';
import { typedForm } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { PaperMenu } from '../paper-menu.tsx';
import { Secrecy } from '../secrecy-panel.tsx';
import { useDeskState } from '../use-desk.tsx';
import { handWrittenIn } from './hand-written.ts';
import { LogLines } from './log-lines.tsx';
import { SealPart } from './seal-part.tsx';
import type { ShiftLogDesk } from './shift-log-api.ts';
import { shiftLogWords as say } from './words.ts';

export function LogTable(props: {
  readonly desk: ShiftLogDesk;
  readonly list: ShiftLogList;
  readonly log: ShiftLogView;
}): ReactElement {
  const { desk, list, log } = props;
  const { shift, signed } = log;
  const online = useDeskState((state) => state.link.state === 'open');
  const mayWrite = list.mayWrite && shift.state !== 'sealed';
  const span = `${typedForm(shift.from)} ${say.to} ${shift.to === null ? say.now : typedForm(shift.to)}`;
  return (
    <section aria-label={span}>
      <header className="shift-log-title">
        <h2>{span}</h2>
        <span className="note">
          {shift.names.join(' ')}
          {shift.to === null && shift.dueAt !== null && ` ${say.due(typedForm(shift.dueAt))}`}
        </span>
        {list.mayExport && (
          <PaperMenu
            button={say.print}
            label={say.printLabel}
            online={online}
            choices={[
              { word: say.printChoice, kind: 'print', url: desk.paper('html'), alone: null },
              { word: say.wordChoice, kind: 'file', url: desk.paper('docx'), alone: null },
            ]}
          />
        )}
      </header>
      <SealPart desk={desk} list={list} log={log} />
      <dl className="shift-log-table">
        <Row label={say.rows.giver}>
          <p>{say.duty(shift.leaders.join('、'), shift.officers.join('、'))}</p>
          <h3>{say.events}</h3>
          <LogLines desk={desk} log={log} part="event" mayWrite={mayWrite} />
          <p>{say.calls(log.counts)}</p>
          {signed !== null && <Matters matters={signed.matters} />}
          <Signature who={say.giverBy} signed={signed?.giver ?? null} />
        </Row>
        <Row label={say.rows.taker}>
          {signed?.state === 'stayed' ? (
            <p>{say.stayed(typedForm(signed.closedAt))}</p>
          ) : (
            <Signature who={say.takerBy} signed={signed?.takers[0] ?? null} />
          )}
        </Row>
        <Row label={say.rows.taker}>
          {(signed?.takers.length ?? 0) > 1 &&
            signed?.takers
              .slice(1)
              .map((taker) => <Signature key={taker.name} who={say.takerBy} signed={taker} />)}
        </Row>
        <Row label={say.rows.remarks}>
          <LogLines desk={desk} log={log} part="remark" mayWrite={mayWrite} />
        </Row>
      </dl>
      <Secrecy of="text" items={handWrittenIn(log)} onDone={desk.reload} />
    </section>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="shift-log-row">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Matters({ matters }: Pick<SignedHandOver, 'matters'>): ReactElement {
  return (
    <>
      <h3>{say.matters}</h3>
      {matters.length === 0 ? (
        <p>{say.noMatters}</p>
      ) : (
        <p className="shift-log-matters">
          <OutsideText text={matters.map((matter, index) => `${index + 1}. ${matter}`).join('\n')} />
        </p>
      )}
    </>
  );
}

function Signature(props: {
  readonly who: string;
  readonly signed: { readonly name: string; readonly at: number } | null;
}): ReactElement {
  const { who, signed } = props;
  return (
    <p>
      {`${who}：`}
      {signed === null ? (
        <span className="note">{say.notSigned}</span>
      ) : (
        say.signed(signed.name, typedForm(signed.at))
      )}
    </p>
  );
}
