import type { AmiTap } from './ami-tap.ts';
import { type AsteriskInstance, startAsterisk } from './asterisk.ts';
import type { AsteriskMajor } from './asterisk-prefix.ts';
import { type CarrierPbx, startCarrier } from './carrier.ts';
import { tone } from './g711.ts';
import { reserveLoopback } from './loopback.ts';
import { type AccountName, accountSecret } from './manager-conf.ts';
import { type DialplanName, officeFiles, PHONES } from './office-config.ts';
import { createSipAgent, type SipAgent } from './sip-agent.ts';
import { answerAfter } from './sip-behaviour.ts';
import { HERTZ } from './tones.ts';

/** A duty room's PBX with its phones, and the outside world round it. */
export interface Office {
  readonly pbx: AsteriskInstance;
  readonly dialplan: DialplanName;
  readonly ami: {
    readonly host: string;
    readonly port: number;
    readonly tlsPort: number;
    secret(account: AccountName): string;
  };
  /** Folder below which the PBX records. */
  readonly recordings: string;
  /** Registered phones: they ring and answer after 300 ms unless told otherwise. 1009 exists, but never registers. */
  readonly phones: Readonly<Record<(typeof PHONES)[number], SipAgent>>;
  /** The trunk `PJSIP/telco`: everybody outside. Answers after 300 ms unless told otherwise. */
  readonly telco: SipAgent;
  /** The second trunk, `PJSIP/telco2`. */
  readonly telco2: SipAgent;
  /** The real Asterisk behind the trunk `PJSIP/carrier`; null unless asked for. */
  readonly carrier: CarrierPbx | null;
  tap(account?: AccountName, file?: string): Promise<AmiTap>;
  /** Writes an AstDB entry (`CF`, `1001`, `13900001111`). */
  setDb(family: string, key: string, value: string): Promise<void>;
  removeDb(family: string, key: string): Promise<void>;
  /** Back to usual manners: everybody answers after 300 ms, no forwarding, no call waiting to be fetched. */
  reset(): Promise<void>;
  /** SIGKILL to the PBX, as a power cut. */
  kill9(): Promise<void>;
  /** Starts the PBX again and registers the phones. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface OfficeOptions {
  readonly version?: AsteriskMajor;
  readonly dialplan?: DialplanName;
  /** Starts a real carrier Asterisk (same version) as well. */
  readonly carrier?: boolean;
  readonly timestamps?: boolean;
  /** The dialplan records by the include file we ship (mode `snippet`), as its own head says to install it. */
  readonly snippet?: boolean;
  /** Seconds east of UTC in which the PBX lives. */
  readonly timeZone?: number;
  /** Every new stream of packets is numbered below all before it: half of all pairs are by chance. */
  readonly fallingSequences?: boolean;
  /** False: agents send no RTP. */
  readonly sound?: boolean;
}

/** Starts an office: about a second. Everything has its own addresses, so that any number may run side by side. */
export async function startOffice(options: OfficeOptions = {}): Promise<Office> {
  const major = options.version ?? 22;
  const dialplan = options.dialplan ?? 'plain';
  const loopback = await reserveLoopback();
  const plan = {
    major,
    dialplan,
    pbx: loopback.address(2),
    carrier: loopback.address(3),
    telco: loopback.address(21),
    telco2: loopback.address(22),
    snippet: options.snippet ?? false,
  };
  const pbx = await startAsterisk({
    major,
    address: plan.pbx,
    files: (folders) => officeFiles(plan, folders),
    timestamps: options.timestamps ?? true,
    ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
  });
  const voice = (hertz: number) => (options.sound === false ? null : tone(hertz, 1));
  let sequence = 60_000;
  const peer = { address: plan.pbx, port: 5060 };
  const open = (user: string, address: string, hertz: number, password?: string) =>
    createSipAgent({
      address,
      pbx: peer,
      user,
      voice: voice(hertz),
      behaviour: answerAfter(300),
      ...(options.fallingSequences === true ? { firstSequence: () => (sequence -= 200) } : {}),
      ...(password === undefined ? {} : { password }),
    });
  const phone = (user: (typeof PHONES)[number], last: number) =>
    open(user, loopback.address(last), HERTZ[user], `pw-${user}`);
  const phones = {
    '1001': await phone('1001', 11),
    '1002': await phone('1002', 12),
    '1003': await phone('1003', 13),
    '1004': await phone('1004', 14),
  };
  const telco = await open('telco', plan.telco, HERTZ.caller);
  const telco2 = await open('telco2', plan.telco2, HERTZ.secondCaller);
  const carrier = options.carrier === true ? await startCarrier(major, loopback, plan.pbx) : null;
  const registerPhones = () => Promise.all(PHONES.map((user) => phones[user].register()));
  await registerPhones();

  return {
    pbx,
    dialplan,
    ami: { host: plan.pbx, port: 5038, tlsPort: 5039, secret: accountSecret },
    recordings: pbx.folders.recordings,
    phones,
    telco,
    telco2,
    carrier,
    tap: (account = 'listen', file) => pbx.tap(account, file),
    async setDb(family, key, value) {
      const answer = await pbx.manage({ Action: 'DBPut', Family: family, Key: key, Val: value });
      if (answer.Response !== 'Success') throw new Error(`DBPut: ${answer.Message ?? ''}`);
    },
    async removeDb(family, key) {
      await pbx.manage({ Action: 'DBDel', Family: family, Key: key });
    },
    async reset() {
      for (const agent of [...Object.values(phones), telco, telco2]) {
        agent.behave(answerAfter(300));
        agent.forgetCalls();
      }
      const tap = await pbx.tap('bed');
      for (const family of ['CF', 'CFB', 'CFU', 'DND', 'AMPUSER', 'RINGGROUP', 'QPENALTY']) {
        await tap.action({ Action: 'DBDelTree', Family: family });
      }
      await tap.close();
    },
    kill9: () => pbx.kill9(),
    async restart() {
      await pbx.start();
      await registerPhones();
    },
    async stop() {
      for (const agent of [...Object.values(phones), telco, telco2]) agent.close();
      await carrier?.stop();
      await pbx.dispose();
      await loopback.release();
    },
  };
}
