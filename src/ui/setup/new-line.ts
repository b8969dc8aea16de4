/** The line that a call of 试拨 would make, as the form begins with it. Pure but for the new id. */
import type { LinePart, SetupView, TrialCallView } from '../../web/protocol/setup-view.ts';
import { newId } from '../ids.ts';
import { printedNumber } from './steps.ts';

export function newLine(call: TrialCallView, setup: SetupView): LinePart {
  const pbx = setup.pbxs.find(({ id }) => id === call.pbx);
  const hasDid = call.did !== '' && call.did !== 's';
  return {
    id: newId(),
    room: setup.rooms[0]?.id ?? '',
    pbx: call.pbx,
    number: hasDid ? printedNumber(call.did) : '',
    dids: hasDid ? [call.did] : [],
    trunks: pbx?.trunks.includes(call.trunk) === true ? [call.trunk] : [],
    phones: call.rang,
    recording: pbx?.recordings[0] ?? 'none',
  };
}
