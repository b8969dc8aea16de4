/** Attacks as real SIP calls: what `forger.ts` splices into captures, sent to Asterisk. */
import type { Office } from '../bed/office.ts';

/** A trunk route as many offices have: whatever number comes rings the duty phone, and the dialplan logs who called. */
export async function dialAnything(office: Office): Promise<void> {
  const steps = [
    ['NoOp', `call from \${CALLERID(num)} to \${EXTEN}`],
    ['Dial', 'PJSIP/1001,20,t'],
    ['Hangup', ''],
  ];
  const tap = await office.pbx.tap('bed');
  for (const [place, [application = '', data = '']] of steps.entries()) {
    const answer = await tap.action({
      Action: 'DialplanExtensionAdd',
      Context: 'from-telco',
      Extension: '_[0-9%A-Za-z]!',
      Priority: String(place + 1),
      Application: application,
      ApplicationData: data,
    });
    if (answer.Response !== 'Success') throw new Error(`DialplanExtensionAdd: ${answer.Message ?? ''}`);
  }
  await tap.close();
}

/** A text as the user part of a SIP URI: PJSIP decodes it, line ends and all (16.28 and 22.10). */
export function encoded(text: string): string {
  return [...text].map((one) => (/[A-Za-z0-9]/.test(one) ? one : `%${hex(one.charCodeAt(0))}`)).join('');
}

function hex(code: number): string {
  return code.toString(16).padStart(2, '0');
}
