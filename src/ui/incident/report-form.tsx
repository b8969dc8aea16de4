/** 报送: prefilled by its kind; made of an offered call it has the call's own time. */
import { type ReactElement, useId, useState } from 'react';
import type { ReportKind } from '../../duty/incident.ts';
import { reportName } from '../../duty/incident-names.ts';
import type { IncidentPageView, IncidentView, OfferedCall } from '../../duty/incident-view.ts';
import { reportDraft } from '../../duty/report-draft.ts';
import { CHANNELS, type Channel } from '../../duty/report-limits.ts';
import { freshTurn, turnsFor } from '../../duty/report-number.ts';
import { formMoment, listMoment, typedAfter, typedForm, typedMoment } from '../format.ts';
import { newId } from '../ids.ts';
import { Choices, FormFrame, LongText } from './form-frame.tsx';
import { type AskedChoice, InquiryChoice, presetInquiry } from './inquiry-choice.tsx';
import { TurnChoice } from './turn-choice.tsx';
import { incidentWords as say } from './words.ts';

const KINDS = ['first', 'further', 'final', 'verification'] as const;
const NUMBERED = ['final', 'further'] as const;

export function ReportForm(props: {
  readonly incident: IncidentView;
  readonly page: Pick<IncidentPageView, 'people' | 'superiors'>;
  /** Null: entered by hand. */
  readonly call: OfferedCall | null;
  /** What it is to answer as a 核报; null: what comes next. */
  readonly inquiry: string | null;
  readonly now: number;
  readonly onSend: (ask: object) => Promise<string | null>;
  readonly onCancel: () => void;
}): ReactElement {
  const { incident, call, now } = props;
  const id = useId();
  const began =
    props.inquiry === null
      ? kindFor(incident, call === null ? channelFor(incident) : 'telephone')
      : 'verification';
  const [kind, setKind] = useState<ReportKind>(began);
  const [channel, setChannel] = useState<Channel>(call === null ? channelFor(incident) : 'telephone');
  const [picked, setPicked] = useState<number | null>(null);
  const turns = turnsFor(incident.reports, kind, channel);
  const turn = picked !== null && turns.includes(picked) ? picked : turns[0];
  const [to, setTo] = useState(call?.unit ?? props.page.superiors[0] ?? '');
  const [receiver, setReceiver] = useState('');
  const [signer, setSigner] = useState('');
  const [sent, setSent] = useState(() => typedForm(now));
  const [next, setNext] = useState('');
  const [linked, setLinked] = useState('');
  const [chosen, setChosen] = useState<AskedChoice | null>(props.inquiry);
  const asked = chosen ?? presetInquiry(incident);
  // A person's own words stay, whatever is chosen after them.
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? drafted(incident, kind, asked);
  const [trouble, setTrouble] = useState<string | null>(null);
  // What the telephone knows of a 电话报告 nobody types.
  const proof =
    call ?? (channel === 'telephone' ? (incident.offers.find((one) => one.call === linked) ?? null) : null);

  async function send(): Promise<void> {
    const left = typedMoment(sent, now);
    const furtherDueAt = next.trim() === '' ? null : typedAfter(next, proof?.answeredAt ?? left ?? now);
    if (next.trim() !== '' && furtherDueAt === null) return setTrouble(say.form.badTime(say.report.next));
    if (kind === 'verification' && asked === 'open') return setTrouble(say.inquiry.notChosen);
    const inquiry = kind === 'verification' && asked !== 'none' ? asked : null;
    const common = { report: newId(), kind, to, receiver, signer, text, furtherDueAt, inquiry, turn };
    if (proof !== null)
      return setTrouble(await props.onSend({ type: 'telephone', ...common, call: proof.call }));
    if (left === null) return setTrouble(say.form.badTime(say.report.sentAt));
    const of = { channel, sentAt: Math.min(left, now), call: linked === '' ? null : linked };
    setTrouble(await props.onSend({ type: 'report', ...common, ...of }));
  }

  return (
    <FormFrame
      title={say.report.title(reportName({ kind, turn }))}
      word={say.report.send}
      trouble={trouble}
      onSend={() => void send()}
      onCancel={props.onCancel}
    >
      <div className="incident-pair">
        <label>
          <span>{say.report.kind}</span>
          <select
            value={kind}
            onChange={(event) => setKind(KINDS.find((one) => one === event.target.value) ?? 'first')}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {say.report.kinds[one]}
              </option>
            ))}
          </select>
        </label>
        <TurnChoice incident={incident} kind={kind} channel={channel} chosen={turn} onChoose={setPicked} />
        {call === null && (
          <label>
            <span>{say.report.channel}</span>
            <select
              value={channel}
              onChange={(event) =>
                setChannel(CHANNELS.find((one) => one === event.target.value) ?? 'telephone')
              }
            >
              {CHANNELS.map((one) => (
                <option key={one} value={one}>
                  {say.report.channels[one]}
                </option>
              ))}
            </select>
          </label>
        )}
        {proof === null ? (
          <label>
            <span>{say.report.sentAt}</span>
            <input value={sent} onChange={(event) => setSent(event.target.value)} />
          </label>
        ) : (
          <p className="incident-by-call">
            <span className="note">{say.report.sentAt}</span>
            {say.report.sentByCall(listMoment(proof.answeredAt, now))}
          </p>
        )}
      </div>
      <div className="incident-pair">
        <label>
          <span>{say.report.to}</span>
          <input
            value={to}
            maxLength={200}
            list={`${id}-to`}
            onChange={(event) => setTo(event.target.value)}
          />
        </label>
        <label>
          <span>{say.report.receiver}</span>
          <input value={receiver} maxLength={200} onChange={(event) => setReceiver(event.target.value)} />
        </label>
        <label>
          <span>{say.report.signer}</span>
          <input
            value={signer}
            maxLength={200}
            list={`${id}-signer`}
            onChange={(event) => setSigner(event.target.value)}
          />
        </label>
      </div>
      <Choices id={`${id}-to`} of={props.page.superiors} />
      <Choices id={`${id}-signer`} of={props.page.people} />
      {kind === 'verification' && incident.inquiries.length > 0 && (
        <InquiryChoice incident={incident} now={now} chosen={asked} onChoose={setChosen} />
      )}
      <LongText label={say.report.text} value={text} rows={6} onChange={setTyped} />
      <div className="incident-pair">
        {kind !== 'final' && (
          <label>
            <span>{say.report.next}</span>
            <input
              value={next}
              placeholder={say.report.nextHint}
              onChange={(event) => setNext(event.target.value)}
            />
          </label>
        )}
        {call === null && incident.offers.length > 0 && (
          <label>
            <span>{say.report.call}</span>
            <select value={linked} onChange={(event) => setLinked(event.target.value)}>
              <option value="">{say.report.noCall}</option>
              {incident.offers.map((offer) => (
                <option key={offer.call} value={offer.call}>
                  {`${listMoment(offer.answeredAt, now)} ${offer.unit ?? offer.number}`}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
    </FormFrame>
  );
}

/** What comes next: a 初报 by this channel, then 续报; after the end what was forgotten before it or its paper, else a 核报. */
function kindFor({ reports, closedAt, closedByHand, clocks }: IncidentView, channel: Channel): ReportKind {
  const isOwed = clocks.some(
    ({ what, doneAt }) => what.kind === 'report' && what.channel === channel && doneAt === null,
  );
  const lacksPaper = NUMBERED.find(
    (kind) => turnsFor(reports, kind, 'written')[0] !== freshTurn(reports, kind),
  );
  const follows = channel === 'written' ? lacksPaper : undefined;
  if (closedAt !== null)
    return closedByHand ? 'verification' : isOwed ? 'first' : (follows ?? 'verification');
  const hasFirst = reports.some(
    (report) => report.kind === 'first' && report.channel === channel && !report.withdrawn,
  );
  return hasFirst ? 'further' : 'first';
}

/** By telephone first, then in writing. */
function channelFor({ reports }: IncidentView): Channel {
  const spoke = reports.some(({ channel, withdrawn }) => channel === 'telephone' && !withdrawn);
  return spoke ? 'written' : 'telephone';
}

function drafted(incident: IncidentView, kind: ReportKind, about: AskedChoice): string {
  const { title, text, occurredAt, receivedAt, record, inquiries } = incident;
  const asked = inquiries.find(({ id }) => id === about)?.text ?? null;
  const from = { title: title ?? '', text, occurredAt, receivedAt, source: record?.source ?? '', asked };
  return reportDraft(kind, from, formMoment);
}
