/** What carriers, offices and people put before an answer, in our own words; for the voices of Debian's speech programs. */

export const CHINESE = [
  '您好，您拨打的电话正在通话中，请稍后再拨。',
  '对不起，您拨打的用户已关机，请您稍后再试。',
  '您好，这里是县应急管理局值班室，请不要挂机，正在为您转接。',
  '欢迎致电，您的来电对我们非常重要，现在为您接通人工服务。',
  '您所拨打的号码是空号，请查证后再拨。',
  '主人正在忙，请稍等片刻，音乐之后就会接听您的电话。',
  '我们以热情的服务，迎接每一位来访的群众，谢谢您的来电。',
  '呼叫转移中，请稍候，正在接通另外一部电话。',
  '道路千万条，安全第一条，行车不规范，亲人两行泪。',
  '暂时无法接通，请您过一会儿再拨打，谢谢合作。',
  '森林防火，人人有责，请勿携带火种进入林区。',
  '按一转办公室，按二转值班室，其他业务请按零。',
];

/** For the voices of the fourth set: other words than the third was heard with. */
export const MORE_CHINESE = [
  '您拨叫的用户暂时不方便接听电话，请稍候再拨。',
  '这里是镇政府总值班室，电话正在转接中，请耐心等候。',
  '尊敬的客户，您好，本机已开通来电提醒业务。',
  '防汛期间二十四小时有人值守，险情请直接讲。',
  '您的电话正在排队，前面还有两位，请不要挂断。',
  '本单位办公时间为上午八点半到十二点，下午两点半到六点。',
  '该用户已设置呼叫转移，系统正在为您接续。',
  '今日高火险，严禁野外用火，举报有奖。',
  '我在开会，有急事请发短信，会后马上回电。',
  '感谢您拨打便民服务热线，本次通话将被录音。',
];

export const ENGLISH = [
  'The number you have dialled is busy. Please call again later.',
  'Thank you for calling. Your call is important to us, please hold the line.',
  'The subscriber you are calling is switched off or out of reach at the moment.',
  'Please wait while we transfer your call to another telephone.',
  'Hello, you have reached the county office. Nobody can take your call right now.',
  'For opening hours press one, for all other questions stay on the line.',
  'We are sorry, this number is not in service. Check the number and dial again.',
];
