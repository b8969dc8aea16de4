/** The published numbers of the office's dialplans (`dialplan/*.conf` has the same numbers, with what each does). */
export const DID = {
  direct: '09542030001',
  ringGroup: '09542030002',
  queueRings: '09542030003',
  queueMusic: '09542030004',
  dialMusic: '09542030005',
  answerAnnouncement: '09542030006',
  earlyAnnouncement: '09542030007',
  local: '09542030008',
  localKept: '09542030009',
  forwarding: '09542030010',
  straightToTrunk: '09542030013',
  simultaneous: '09542030014',
  sequential: '09542030015',
  followMe: '09542030016',
  voicemail: '09542030017',
  unregistered: '09542030018',
  recordedByDialplan: '09542030019',
  queueEmpty: '09542030020',
  earlyAnswer: '09542030021',
  givesUp: '09542030022',
  phone1003: '09542030023',
  waits: '09542030024',
  notOurs: '09542039999',
  unallocated: '09542030404',
} as const;

/** Outside numbers. */
export const OUTSIDE = {
  caller: '09548887777',
  secondCaller: '09548886666',
  mobile: '13900001111',
  otherMobile: '13800002222',
} as const;
