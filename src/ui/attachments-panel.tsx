/** 附件 over the form's foot: what is there, what is on its way, and the way for more. Removed ones stay, struck, with their reason. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { AttachmentView, RecordView } from '../web/protocol/record-view.ts';
import { attachmentWords as say } from './attachment-words.ts';
import { listMoment } from './format.ts';
import { Mark } from './icons.tsx';
import { OutsideText } from './outside-text.tsx';
import { removeAttachment } from './remove-attachment.ts';
import type { Upload } from './uploads.ts';
import { useDesk, useDeskState } from './use-desk.tsx';
import { useMay } from './use-may.ts';
import { words } from './words.ts';

/** What one may choose in the file dialog; what is taken is decided by content. */
const ACCEPTED = '.pdf,.jpg,.jpeg,.png,.docx,.xlsx,.txt';

export function AttachmentsPanel(props: {
  readonly record: RecordView;
  /** Another one each time it is asked for: the focus comes here then, also while it stands open. */
  readonly asked: object;
  readonly onClose: () => void;
}): ReactElement {
  const { record, asked: wish } = props;
  const { uploads } = useDesk();
  const limits = useDeskState((state) => state.attachmentLimits);
  const all = useSyncExternalStore(uploads.subscribe, uploads.read);
  const [asked, setAsked] = useState<string | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked for again.
  useEffect(() => first.current?.focus(), [wish]);
  const coming = all.filter((upload) => upload.record === record.id);
  const writes = useMay('write-record');
  const open = ['draft', 'registered', 'in-hand', 'done'].includes(record.state);
  const mayChange = open && writes;
  return (
    <section className="panel attachments" aria-label={say.title}>
      <header>
        <h2>{say.counted(record.attachments.filter(({ removed }) => removed === null).length)}</h2>
        <Button ref={mayChange ? null : first} size="small" onClick={props.onClose}>
          {words.close}（Esc）
        </Button>
      </header>
      {record.attachments.length === 0 && coming.length === 0 && <p className="empty-say">{say.none}</p>}
      <ul>
        {record.attachments.map((attachment) => (
          <Attachment
            key={attachment.id}
            attachment={attachment}
            mayRemove={mayChange}
            isAsked={asked === attachment.id}
            onAsk={setAsked}
          />
        ))}
        {coming.map((upload) => (
          <Coming key={upload.op} upload={upload} />
        ))}
      </ul>
      {mayChange ? (
        <p className="panel-buttons">
          <Button ref={first} type="primary" onClick={() => chooser.current?.click()}>
            {say.choose}
          </Button>
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            accept={ACCEPTED}
            aria-label={say.choose}
            onChange={(event) => {
              uploads.add(record.id, [...(event.target.files ?? [])], limits);
              // The same file a second time is a change too.
              event.target.value = '';
            }}
          />
          <span className="note">{say.hint(say.size(limits.mostBytes))}</span>
        </p>
      ) : (
        !open && <p className="note">{say.closed}</p>
      )}
    </section>
  );
}

function Attachment(props: {
  readonly attachment: AttachmentView;
  readonly mayRemove: boolean;
  readonly isAsked: boolean;
  readonly onAsk: (id: string | null) => void;
}): ReactElement {
  const { attachment, isAsked, onAsk } = props;
  const { store } = useDesk();
  const { id, name, removed } = attachment;
  const now = store.now();
  if (removed !== null)
    return (
      <li className="attachment attachment-removed">
        <s>
          <OutsideText text={name} />
        </s>
        <span className="note">
          <OutsideText text={say.removed(removed.by, listMoment(removed.at, now), removed.reason)} />
        </span>
      </li>
    );
  return (
    <li className="attachment">
      <a
        href={`/api/attachments/${encodeURIComponent(id)}`}
        download={name}
        title={say.digest(attachment.sha256)}
      >
        <OutsideText text={name} />
      </a>
      <span className="note">
        {say.size(attachment.bytes)}　{say.added(attachment.by ?? '', listMoment(attachment.at, now))}
      </span>
      {props.mayRemove && !isAsked && (
        <button
          type="button"
          className="text-button"
          aria-label={say.removeThis(name)}
          onClick={() => onAsk(id)}
        >
          {say.remove}
        </button>
      )}
      {isAsked && <Removal id={id} onClose={() => onAsk(null)} />}
    </li>
  );
}

function Removal(props: { readonly id: string; readonly onClose: () => void }): ReactElement {
  const [reason, setReason] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  function confirm(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() === '') return;
    void removeAttachment(props.id, reason.trim()).then((refusal) =>
      refusal === null ? props.onClose() : setTrouble(refusal),
    );
  }
  return (
    <form className="attachment-removal" onSubmit={confirm}>
      <input
        ref={field}
        type="text"
        aria-label={say.removeReason}
        placeholder={say.removeReason}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button danger size="small" htmlType="submit" disabled={reason.trim() === ''}>
        {say.confirmRemove}
      </Button>
      <Button size="small" onClick={props.onClose}>
        {words.form.cancel}
      </Button>
      {trouble !== null && (
        <span className="wrong" role="alert">
          {trouble}
        </span>
      )}
    </form>
  );
}

function Coming({ upload }: { readonly upload: Upload }): ReactElement {
  const { uploads } = useDesk();
  const { op, file, state, sent, said } = upload;
  const percent = file.size === 0 ? 0 : Math.min(100, Math.floor((sent / file.size) * 100));
  const isOver = state === 'refused' || state === 'broken';
  return (
    <li className="attachment">
      <OutsideText text={file.name} />
      <span className="note">{say.size(file.size)}</span>
      {isOver ? (
        <span className="wrong" role="alert">
          <Mark name="triangle" />
          {said}
        </span>
      ) : (
        <>
          <progress max={100} value={percent} aria-label={file.name} />
          <span className="note" aria-live="polite">
            {state === 'waiting' ? say.waiting : percent === 100 ? say.checking : say.sending(percent)}
          </span>
        </>
      )}
      {state === 'broken' && (
        <Button size="small" onClick={() => uploads.again(op)}>
          {say.again}
        </Button>
      )}
      <Button size="small" type="text" onClick={() => uploads.drop(op)}>
        {isOver ? words.bars.known : say.drop1}
      </Button>
    </li>
  );
}
