/** Alerts as e-mail, through the office's own mail server (SMTP). The only file that knows nodemailer. */
import { createTransport } from 'nodemailer';
import type { AlertChannel } from './alert-sender.ts';

export interface MailOptions {
  readonly host: string;
  readonly port: number;
  /** `implicit`: TLS from the first byte (465). `starttls`: asked for, and refused without. `none`: in the clear. */
  readonly tls: 'implicit' | 'starttls' | 'none';
  /** PEM of the authority that signed the server's certificate; null: one that the machine knows. */
  readonly ca: string | null;
  readonly from: string;
  readonly to: readonly string[];
  /** Null: the server takes mail from us without. */
  readonly account: { readonly user: string; readonly password: string } | null;
  readonly timeoutMs?: number;
}

const PATIENCE_MS = 20_000;

export function createMail(options: MailOptions): AlertChannel {
  const { host, port, tls, ca, from, to, account } = options;
  const patience = options.timeoutMs ?? PATIENCE_MS;
  const transport = createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(ca === null ? {} : { tls: { ca } }),
    ...(account === null ? {} : { auth: { user: account.user, pass: account.password } }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    // What is sent stands here; nothing is fetched for it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'mail',
    async deliver(body, stopped) {
      // Before anything is sent: a letter that was called off and went out all the same would come a second time.
      if (stopped.aborted) return 'stopped';
      const sent = transport
        .sendMail({
          from,
          to: [...to],
          subject: `值班电话告警：${subjectOf(body.zh)}`,
          text: `${body.zh}\n\n${body.en}\n\n${body.kind} ${new Date(body.at).toISOString()}\n`,
          // The same alert sent again after a lost answer is one letter to a mailbox that looks.
          messageId: `<${body.id}@dutyline.invalid>`,
          headers: { 'X-DutyLine-Alert': body.kind, 'Auto-Submitted': 'auto-generated' },
        })
        .then(
          () => null,
          (error: unknown) => troubleOf(error),
        );
      const end = Promise.withResolvers<string>();
      const onStop = (): void => end.resolve('stopped');
      stopped.addEventListener('abort', onStop, { once: true });
      try {
        return await Promise.race([sent, end.promise]);
      } finally {
        stopped.removeEventListener('abort', onStop);
      }
    },
  };
}

/** The first sentence, for a list of letters. */
function subjectOf(zh: string): string {
  return zh.split(/[，。：]/)[0] ?? '';
}

/** `EAUTH 535`: the kind of trouble and the server's number, never its words or an address. */
function troubleOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'failed';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
  const answer =
    'responseCode' in error && typeof error.responseCode === 'number' ? ` ${error.responseCode}` : '';
  return `${code}${answer}`;
}
