/**
 * Numbers beside those of the bed: Dial with `r`, which rings as ever; with `r(tone)`, which no call event tells; a mobile
 * and the phone together, the mobile named first; FollowMe to the mobile alone.
 */
export const MORE = {
  rings: '09542030025',
  ownTone: '09542030026',
  mobileFirst: '09542030027',
  followMe: '09542030028',
} as const;

export const MORE_DIALPLAN = `
[from-telco](+)
exten => ${MORE.rings},1,Dial(PJSIP/1001,20,r)
 same => n,Hangup()
exten => ${MORE.ownTone},1,Dial(PJSIP/1001,20,r(crbt))
 same => n,Hangup()
exten => ${MORE.mobileFirst},1,Dial(PJSIP/13900001111@\${TELCO}&PJSIP/1001,20)
 same => n,Hangup()
exten => ${MORE.followMe},1,FollowMe(outside)
 same => n,Hangup()
`;

/** 16 bridges the caller with the first Local channel: it never gets to a second number. */
export const MORE_FOLLOW_ME = `
[outside]
context => internal
number => 13900001111,20
`;
