/** AMI accounts of a test PBX. The password of each is its name followed by `-secret`. */
const ACCOUNTS = {
  /** What the product's listen session needs and no more. */
  listen: { read: 'call,dialplan,cdr,agent,system', write: 'reporting' },
  /** As an office gives it that saves on dialplan: about 40 events a call, no VarSet, no Newexten. */
  'listen-lean': { read: 'call,cdr,agent,system', write: 'reporting' },
  /** Everything Asterisk can say, TestEvent, RTCP and DTMF digits too. */
  'listen-all': { read: 'all', write: 'reporting' },
  control: { read: '', write: 'call,reporting' },
  recorder: { read: '', write: 'system' },
  /** Places calls of our own, records and ends them. */
  probe: { read: '', write: 'originate,system' },
  /** Logs in, sees nothing, may do nothing. */
  noclass: { read: '', write: '' },
  /** Sees calls, but may not ask for the list of channels. */
  'listen-no-write': { read: 'call,dialplan,cdr,agent,system', write: '' },
  /** Cannot see FullyBooted, ContactStatus or Shutdown. */
  'listen-no-system': { read: 'call,dialplan,cdr,agent', write: 'reporting' },
  /** Hears nothing of calls: with the dialplan's steps, and without. */
  'listen-no-call': { read: 'dialplan,cdr,agent,system', write: 'reporting' },
  'listen-only-system': { read: 'system', write: 'reporting' },
  'control-no-reporting': { read: '', write: 'call' },
  'recorder-no-system': { read: '', write: 'call,reporting' },
  /** The test bed's own: waits for the start, writes AstDB, reloads. */
  bed: { read: 'system', write: 'all' },
} as const;

export type AccountName = keyof typeof ACCOUNTS;

export const ACCOUNT_NAMES = Object.keys(ACCOUNTS).filter((name): name is AccountName => name in ACCOUNTS);

/** The password of an account. */
export function accountSecret(name: AccountName): string {
  return `${name}-secret`;
}

export interface ManagerSettings {
  readonly address: string;
  readonly timestamps: boolean;
  /** PEM file with key and certificate: TLS on 5039. */
  readonly tlsPem: string | null;
}

/** The text of manager.conf: plain on 5038, TLS on 5039. */
export function managerConf(settings: ManagerSettings): string {
  const general = [
    '[general]',
    'enabled = yes',
    'port = 5038',
    `bindaddr = ${settings.address}`,
    'displayconnects = no',
    `timestampevents = ${settings.timestamps ? 'yes' : 'no'}`,
  ];
  if (settings.tlsPem !== null) {
    general.push(
      'tlsenable = yes',
      `tlsbindaddr = ${settings.address}:5039`,
      `tlscertfile = ${settings.tlsPem}`,
    );
  }
  const accounts = Object.entries(ACCOUNTS).map(([name, { read, write }]) =>
    [
      `[${name}]`,
      `secret = ${name}-secret`,
      'deny = 0.0.0.0/0.0.0.0',
      'permit = 127.0.0.0/255.0.0.0',
      `read = ${read}`,
      `write = ${write}`,
      'writetimeout = 5000',
    ].join('\n'),
  );
  return `${[general.join('\n'), ...accounts].join('\n\n')}\n`;
}
