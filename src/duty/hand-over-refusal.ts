/** Why a hand-over does not go on, in sentences. Pure. */
import type { HandOverRefusal } from './hand-over.ts';

export interface HandOverFault {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export const HAND_OVER_FAULTS: Readonly<Record<HandOverRefusal, HandOverFault>> = {
  'giver-not-on-duty': {
    code: 'hand-over-giver-not-on-duty',
    zh: '此人不是本班值班员，不能交班。请由本班值班员签名。',
    en: 'Only who is on duty gives the shift.',
  },
  'same-person': {
    code: 'hand-over-same-person',
    zh: '交班人和接班人不能是同一人。无人接班的，请用“继续值守”。',
    en: 'Nobody takes over from himself.',
  },
  'giver-first': {
    code: 'hand-over-giver-first',
    zh: '请交班人先签名，再由接班人签名。',
    en: 'Who gives the shift signs first.',
  },
  'already-signed': {
    code: 'hand-over-already-signed',
    zh: '此人已经签名。',
    en: 'This person has signed already.',
  },
  'before-giver': {
    code: 'hand-over-before-giver',
    zh: '接班时间早于交班时间，请核对服务器时间。',
    en: 'The shift cannot be taken before it was given.',
  },
  'notes-unread': {
    code: 'hand-over-notes-unread',
    zh: '接班人还没有确认已阅本班须知，或须知刚刚改过。请看过后再签名。',
    en: 'Whoever takes the shift reads the duty notes as they stand first.',
  },
  'matters-undecided': {
    code: 'hand-over-matters-undecided',
    zh: '有事项不移交，但没有写原因。请写明原因，或改为移交。',
    en: 'Something is not handed over and nobody said why.',
  },
  'emergency-undecided': {
    code: 'hand-over-emergency-undecided',
    zh: '有突发信息还没有定：请先转突发事件，或写明不需上报的原因，再交班。',
    en: 'An emergency report is neither an incident nor said to need no report.',
  },
  over: {
    code: 'hand-over-over',
    zh: '这次交接班已经结束。',
    en: 'This hand-over is over.',
  },
};
