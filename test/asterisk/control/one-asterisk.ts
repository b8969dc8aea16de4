import { type AsteriskInstance, startAsterisk } from '../../bed/asterisk.ts';
import type { AsteriskMajor } from '../../bed/asterisk-prefix.ts';
import { type Loopback, reserveLoopback } from '../../bed/loopback.ts';

/** A lone PBX with two talking channels to be had: `Local/s@talk` answers and dials a tone that answers too. */
export interface OneAsterisk {
  readonly pbx: AsteriskInstance;
  /** Places the call and resolves with the Uniqueid of the channel that talks. */
  placeCall(): Promise<string>;
  close(): Promise<void>;
}

const DIALPLAN = `[general]
[globals]
MIXMON_FORMAT=wav
AMPDBPASS=not-for-us
[talk]
exten => s,1,Answer()
 same => n,Dial(Local/s@tone/n)
[ringing]
exten => s,1,Ringing()
 same => n,Wait(60)
[tone]
exten => s,1,Answer()
 same => n,Milliwatt()
[park]
exten => s,1,Answer()
 same => n,Wait(60)
`;

export async function oneAsterisk(major: AsteriskMajor): Promise<OneAsterisk> {
  const loopback: Loopback = await reserveLoopback();
  const pbx = await startAsterisk({
    major,
    address: loopback.address(1),
    files: () => ({ 'extensions.conf': DIALPLAN }),
  });
  return {
    pbx,
    async placeCall() {
      const tap = await pbx.tap('listen');
      const id = `${Math.floor(Date.now() / 1000)}.${Math.floor(Math.random() * 1e6)}`;
      await pbx.manage({
        Action: 'Originate',
        Channel: 'Local/s@talk/n',
        ChannelId: id,
        OtherChannelId: `${id}1`,
        Application: 'Wait',
        Data: '60',
        Async: 'true',
      });
      const entered = await tap.waitFor('the talking channel', (packet) => packet.Event === 'BridgeEnter');
      await tap.close();
      return String(entered.Uniqueid);
    },
    async close() {
      await pbx.dispose();
      await loopback.release();
    },
  };
}
