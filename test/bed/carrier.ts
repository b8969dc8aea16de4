import { type AsteriskInstance, startAsterisk } from './asterisk.ts';
import type { AsteriskMajor } from './asterisk-prefix.ts';
import { farEnds } from './far-ends.ts';
import { tone } from './g711.ts';
import type { Loopback } from './loopback.ts';
import { createSipAgent, type SipAgent } from './sip-agent.ts';
import { answerAfter } from './sip-behaviour.ts';

/** A real Asterisk in the place of the telco, with one subscriber. */
export interface CarrierPbx {
  readonly pbx: AsteriskInstance;
  /** Calls any number of the office; is called under every mobile number (13…). */
  readonly subscriber: SipAgent;
  stop(): Promise<void>;
}

/** Starts the carrier on the office's loopback block. */
export async function startCarrier(
  major: AsteriskMajor,
  loopback: Loopback,
  office: string,
): Promise<CarrierPbx> {
  const address = loopback.address(3);
  const subscriberAddress = loopback.address(31);
  const pbx = await startAsterisk({
    major,
    address,
    files: (folders) => ({
      'extensions.conf': `[globals]\nCARRIER=${address}\n${DIALPLAN}${farEnds(folders)}`,
      'pjsip.conf': pjsipConf(address, subscriberAddress, office),
      ...NOTHING,
    }),
  });
  const subscriber = await createSipAgent({
    address: subscriberAddress,
    pbx: { address, port: 5060 },
    user: '09548887777',
    voice: tone(1400, 1),
    behaviour: answerAfter(300),
  });
  return {
    pbx,
    subscriber,
    async stop() {
      subscriber.close();
      await pbx.dispose();
    },
  };
}

const NOTHING = { 'queues.conf': '', 'res_parking.conf': '[general]\n[default]\n', 'followme.conf': '' };

const DIALPLAN = `[subscribers]
exten => _0954203XXXX,1,Dial(PJSIP/\${EXTEN}@office,60)
 same => n,Hangup()
[offices]
exten => _1[3-9]XXXXXXXXX,1,Dial(PJSIP/\${EXTEN}@subscriber,60)
 same => n,Hangup()
include => own-numbers
include => far-ends
include => unallocated
[unallocated]
exten => _X.,1,Hangup(1)
; A number of the office comes back to it, unless its subscriber had it forwarded: AstDB ALWAYS, NOANSWER, BUSY. One call at a
; time, as an analogue line has it. Whom it calls elsewhere the caller is not told, unless SAYS tells him: by a 181, a 302, or the
; number he is connected to.
[own-numbers]
exten => _0954203XXXX,1,Set(TO=\${DB(ALWAYS/\${EXTEN})})
 same => n,GotoIf($["\${TO}" != ""]?elsewhere)
 same => n,GotoIf($[\${GROUP_COUNT(\${EXTEN}@lines)} > 0]?busy)
 same => n,Set(GROUP(lines)=\${EXTEN})
 same => n,Set(TO=\${DB(NOANSWER/\${EXTEN})})
 same => n,Dial(PJSIP/\${EXTEN}@office,\${IF($["\${TO}" = ""]?60:4)})
 same => n,GotoIf($["\${TO}" != "" & "\${DIALSTATUS}" = "NOANSWER"]?elsewhere)
 same => n,Hangup(\${HANGUPCAUSE})
 same => n(busy),Set(TO=\${DB(BUSY/\${EXTEN})})
 same => n,GotoIf($["\${TO}" != ""]?elsewhere)
 same => n,Hangup(17)
 same => n(elsewhere),Set(SAYS=\${DB(SAYS/\${EXTEN})})
 same => n,GotoIf($["\${SAYS}" = "302"]?moved)
 same => n,ExecIf($["\${SAYS}" = "181"]?Set(REDIRECTING(to-num)=\${TO}))
 same => n,Dial(PJSIP/\${TO}@subscriber,60\${IF($["\${SAYS}" = "connected"]?:,I)})
 same => n,Hangup()
 same => n(moved),Transfer(PJSIP/sip:\${TO}@\${CARRIER})
 same => n,Hangup()
`;

function pjsipConf(address: string, subscriber: string, office: string): string {
  const endpoint = (name: string, context: string, place: string) => `[${name}]
type=endpoint
context=${context}
media_address=${address}
bind_rtp_to_media_address=yes
disallow=all
allow=alaw
direct_media=no
trust_id_inbound=yes
send_pai=yes
aors=${name}
[${name}]
type=aor
contact=sip:${place}:5060
[${name}]
type=identify
endpoint=${name}
match=${place}
`;
  return `[udp]
type=transport
protocol=udp
bind=${address}:5060
${endpoint('subscriber', 'subscribers', subscriber)}${endpoint('office', 'offices', office)}`;
}
