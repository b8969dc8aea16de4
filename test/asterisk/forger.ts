/**
 * Attacks, spliced into real captures as Asterisk itself would have written them: every value is put into its line with
 * no escaping but where Asterisk escapes (names in channel snapshots, Value of VarSet, Extra of CEL; seen on 16.28 and 22.10).
 */

/** PJSIP cuts what a caller sends at this many characters. */
const CUT = 79;

export interface Attack {
  readonly name: string;
  /** Put in the place of the caller's number. */
  readonly number?: string;
  /** Put in the place of the dialled number. */
  readonly did?: string;
  /** Put in the place of the caller's name. */
  readonly callerName?: string;
  /** Put in the place of the number that somebody's 302 names: Local channels are called after it. */
  readonly forward?: string;
}

export interface Victim {
  readonly channel: string;
  readonly uniqueid: string;
  readonly linkedid: string;
}

/** What is spliced: the texts of the caller as they stand in the capture. */
export interface CallerTexts {
  readonly number: string;
  readonly did: string;
  readonly callerName: string;
  /** '' when nobody forwards. */
  readonly forward: string;
}

/**
 * Writes a capture as it would be had the caller sent these texts.
 *
 * @param bytes the capture
 * @param texts what the caller sent in truth
 * @param attack what he sends instead
 * @returns the bytes Asterisk would have sent
 */
export function forged(bytes: Buffer, texts: CallerTexts, attack: Attack): Buffer {
  const original = bytes.toString('latin1');
  const lines = original.split('\r\n').map((line) => {
    const colon = line.indexOf(': ');
    const name = line.slice(0, colon);
    const raw = line.slice(colon + 2);
    const value = [
      [texts.number, attack.number],
      [texts.did, attack.did],
      [texts.callerName, attack.callerName],
      [texts.forward, attack.forward],
    ].reduce(
      (text: string, [from, to]) =>
        from === undefined || from === '' || to === undefined
          ? text
          : text.replaceAll(from, asWritten(name, to)),
      raw,
    );
    return colon < 0 ? line : `${name}: ${value}`;
  });
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

function asWritten(header: string, text: string): string {
  const cut = text.slice(0, CUT);
  const isEscaped = /^(Value|Extra)$|(CallerIDName|ConnectedLineName)$/.test(header);
  return isEscaped ? cut.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replaceAll('\n', '\\n') : cut;
}

const N = '\r\n';

/**
 * Every attack we could think of, against one victim.
 *
 * @param victim a channel of somebody else (or the forger's own, or an invented one)
 * @param stamp a Timestamp that fits
 * @returns the attacks
 */
export function attacksOn(victim: Victim, stamp: string): readonly Attack[] {
  const single = textsAgainst(victim, stamp).flatMap(([name, text]) => [
    { name: `number: ${name}`, number: text },
    { name: `DID: ${name}`, did: text },
    { name: `name: ${name}`, callerName: text },
    { name: `number and DID: ${name}`, number: text, did: text },
  ]);
  return [...single, ...splitAttacks(victim, stamp)];
}

/**
 * The same by the Contact of a 302, after which Asterisk names a pair of Local channels: there the text stands in the first
 * lines of events, before a genuine snapshot that it can borrow.
 *
 * @param victim as in `attacksOn`
 * @param stamp a Timestamp that fits
 * @returns the attacks
 */
export function forwardAttacksOn(victim: Victim, stamp: string): readonly Attack[] {
  const begun = (event: string) => `${N}${N}Event: ${event}${N}Privilege: a${N}Timestamp: ${stamp}${N}`;
  const borrowed: readonly (readonly [string, string])[] = [
    ...['Newstate', 'Newchannel', 'Hangup', 'Hold', 'Unhold', 'BridgeLeave'].map(
      (event) => [`a ${event} up to its channel`, `${begun(event)}Channel: `] as const,
    ),
    ['a DialBegin up to its channel', `${begun('DialBegin')}DestChannel: `],
    ['a DialEnd up to its channel', `${begun('DialEnd')}DestChannel: `],
    ['a Hangup of a Local channel', `${begun('Hangup')}Channel: Local/`],
    ['a Hangup without time', `${N}${N}Event: Hangup${N}Privilege: call,all${N}Channel: ${victim.channel}`],
    ['an end of its own', `1@internal-00000009;1${N}ChannelState: 6${N}ChannelStateDesc: Up`],
    ['an end of its own, then a blank line', `1@internal-00000009;1${N}${N}`],
    ['a part of the end', `1@internal-00000001;2${N}ChannelState: 6`],
    ['one letter behind a line end', `${N}a`],
  ];
  return [...textsAgainst(victim, stamp), ...borrowed].flatMap(([name, text]) => [
    { name: `302: ${name}`, forward: text },
    { name: `number and 302: ${name}`, number: text, forward: text },
  ]);
}

function textsAgainst(
  { channel, uniqueid, linkedid }: Victim,
  stamp: string,
): readonly (readonly [name: string, text: string])[] {
  const ids = `Uniqueid: ${uniqueid}${N}Linkedid: ${linkedid}`;
  const texts: Readonly<Record<string, string>> = {
    'one header': `95${N}Injected: yes`,
    'ids of the victim': `95${N}${ids}`,
    'name of the event again': `95${N}Event: Hangup${N}Channel: ${channel}`,
    'a blank line': `95${N}${N}`,
    'only a line end': `95${N}`,
    'a line end at once': `${N}95`,
    'many blank lines': `95${N}${N}${N}${N}${N}`,
    'lone CR and LF': `9\r5\n8\r\r\n\n${N}\r`,
    'a Hangup by channel': `95${N}${N}Event: Hangup${N}Channel: ${channel}${N}Cause: 16`,
    'a Hangup by Uniqueid': `95${N}${N}Event: Hangup${N}${ids}`,
    'a Hangup with privilege': `95${N}${N}Event: Hangup${N}Privilege: call,all${N}Channel: ${channel}`,
    'a Hangup with timestamp': `${N}${N}Event: Hangup${N}Privilege: call,all${N}Timestamp: ${stamp}`,
    'a Hangup that borrows the rest': `9${N}${N}Event: Hangup${N}Privilege: call,all${N}Channel: ${channel}${N}CallerIDNum: 1`,
    'a Newstate that borrows the rest': `9${N}${N}Event: Newstate${N}Channel: ${channel}${N}ChannelStateDesc: Up`,
    'a DialEnd': `9${N}${N}Event: DialEnd${N}DestUniqueid: ${uniqueid}${N}DialStatus: ANSWER`,
    'a tail of the victim': `1${N}Priority: 1${N}${ids}`,
    'a tail of the victim and the end': `1${N}Priority: 1${N}${ids}${N}${N}`,
    'a short tail, then a Hangup': `${N}Priority: 1${N}Uniqueid: 1${N}Linkedid: 1${N}${N}Event: Hangup${N}Privilege: call,all${N}`,
    'a short tail, then a response': `${N}Priority: 1${N}Uniqueid: 1${N}Linkedid: 1${N}${N}Response: Success${N}ActionID: 1`,
    'a tail and a cause': `${N}Priority: 1${N}Uniqueid: 1${N}Linkedid: 1${N}Cause: 1${N}Cause-txt: x${N}${N}`,
    'a tail twice': `${N}${N}Priority: 1${N}Uniqueid: 1${N}Linkedid: 1${N}${N}Priority: 1${N}Uniqueid: 1`,
    'a Shutdown': `${N}${N}Event: Shutdown${N}Privilege: system,all${N}Shutdown: x${N}Restart: x${N}${N}`,
    'a Shutdown with timestamp': `${N}${N}Event: Shutdown${N}Privilege: system,all${N}Timestamp: ${stamp}${N}${N}`,
    'a FullyBooted': `${N}${N}Event: FullyBooted${N}Uptime: 1${N}LastReload: 1${N}Status: Fully Booted${N}${N}`,
    'a device state': `${N}${N}Event: DeviceStateChange${N}Privilege: call,all${N}Device: PJSIP/1001${N}State: x`,
    'an event nobody knows': `${N}${N}Event: F${N}Privilege: a${N}Timestamp: ${stamp}${N}${N}`,
    'a response': `95${N}${N}Response: Success${N}ActionID: 1${N}Message: x${N}${N}`,
    'another greeting': `95${N}${N}Asterisk Call Manager/11.0.0${N}${N}`,
    'the next headers': `9${N}CallerIDName: x${N}ConnectedLineNum: 1${N}ConnectedLineName: x`,
    'the headers before the DID': `9${N}Language: en${N}AccountCode: ${N}Context: c${N}Exten: 110`,
    'another DID': `9${N}Exten: 110${N}Priority: 1`,
    'another called channel': `9${N}DestChannel: ${channel}${N}DestUniqueid: ${uniqueid}`,
    'optional headers': `9${N}TechCause: 1${N}SwapUniqueid: ${uniqueid}${N}Forward: 1`,
    'a variable': `9${N}ChanVariable: a=b${N}${N}`,
    'a listed channel': `9${N}${N}Event: CoreShowChannel${N}ActionID: 1${N}Channel: ${channel}${N}ChannelState: 6`,
    'a CEL': `${N}${N}Event: CEL${N}Privilege: cel,all${N}EventName: HANGUP${N}AccountCode: ${N}CallerIDnum: 1`,
    'a NUL and other controls': `9\u0000${N}${N}\u0001\u001b[31m${N}`,
    'no colon anywhere': `9${N}${N}aaa${N}bbb${N}${N}ccc`,
    'colons without space': `9${N}Uniqueid:${uniqueid}${N}Linkedid:${linkedid}`,
  };
  return Object.entries(texts);
}

/** One forged packet over number and DID, with the genuine lines between them. */
function splitAttacks({ channel, uniqueid, linkedid }: Victim, stamp: string): readonly Attack[] {
  const tail = `Priority: 1${N}Uniqueid: ${uniqueid}${N}Linkedid: ${linkedid}${N}${N}`;
  const head = `${N}${N}Event: Newstate${N}Privilege: call,all${N}Timestamp: ${stamp}`;
  return [
    { name: 'split: beginning in the number, tail in the DID', number: head, did: `1${N}${tail}` },
    {
      name: 'split: channel in the number, tail in the DID',
      number: `${N}${N}Event: Hangup${N}Privilege: call,all${N}Channel: ${channel}${N}CallerIDNum: `,
      did: `1${N}${tail}`,
    },
    {
      name: 'split: tail in the DID, Hangup in the number',
      number: `${N}${N}Event: Hangup${N}Channel: ${channel}`,
      did: tail,
    },
    { name: 'split: tail in both', number: `${N}${tail}`, did: `${N}${tail}` },
    {
      name: 'split: in number, name and DID',
      number: head,
      callerName: `${N}Channel: ${channel}${N}ChannelState: 6${N}ChannelStateDesc: Up${N}CallerIDNum: `,
      did: `${N}${tail}`,
    },
    {
      name: 'split: a Reload over number and DID',
      number: `${N}${N}Event: Reload${N}Privilege: a${N}Timestamp: ${stamp}`,
      did: `1${N}Module: x${N}Status: 0${N}${N}`,
    },
  ];
}
