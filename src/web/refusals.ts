/** What the web side refuses, by name: a stable code, and a sentence that says what to do. */
import type { Refusal } from '../records/command.ts';

export const NOT_LOGGED_IN: Refusal = {
  code: 'not-logged-in',
  zh: '尚未登录，或登录已失效。请重新登录。',
  en: 'Not logged in, or the log-in has ended. Log in again.',
};

/** 锁屏待接. */
export const SCREEN_LOCKED: Refusal = {
  code: 'screen-locked',
  zh: '屏幕已锁定。请用密码或 PIN 解锁后再操作。',
  en: 'The screen is locked. Unlock it by password or PIN first.',
};

/** Of the own account; also for a person who may not unlock here: a guesser learns nothing. */
export const WRONG_PASSWORD: Refusal = {
  code: 'wrong-password',
  zh: '密码或 PIN 不对。',
  en: 'Wrong password or PIN.',
};

export const PASSWORD_SAME: Refusal = {
  code: 'password-same',
  zh: '新密码与原密码相同，请换一个。',
  en: 'The new password is the old one.',
};

export const NO_PERSON_FOR_PIN: Refusal = {
  code: 'no-person-for-pin',
  zh: '当前账号没有对应的人员，没有自己的 PIN。请系统管理员设置。',
  en: 'This account belongs to no person and has no PIN of its own. The administrator sets PINs of people.',
};

export const TOTP_ON_ALREADY: Refusal = {
  code: 'totp-on-already',
  zh: '动态验证码已启用。如需更换，请先停用。',
  en: 'One-time codes are on already. Switch them off first to change the secret.',
};

export const TOTP_NOT_BEGUN: Refusal = {
  code: 'totp-not-begun',
  zh: '密钥已失效，请重新开始启用。',
  en: 'The secret has expired. Begin again.',
};

export const TOTP_WRONG: Refusal = {
  code: 'totp-wrong',
  zh: '动态验证码不对。请核对手机时间，用当前显示的 6 位数字。',
  en: 'Wrong one-time code. Check the clock of the telephone and type the six digits it shows now.',
};

/** One answer for a wrong name, a wrong password and a closed account: a guesser learns nothing. */
export const LOGIN_REFUSED: Refusal = {
  code: 'login-refused',
  zh: '登录名或密码不对。',
  en: 'Wrong name or password.',
};

export const TOTP_NEEDED: Refusal = {
  code: 'totp-needed',
  zh: '请输入动态验证码。',
  en: 'Enter the one-time code as well.',
};

export const BUSY: Refusal = {
  code: 'busy',
  zh: '登录的人太多，请稍候再试。',
  en: 'Too many log-ins at once. Try again in a moment.',
};

/** For what does not exist and for what belongs to another unit alike. */
export const NOT_FOUND: Refusal = {
  code: 'not-found',
  zh: '没有找到，或不属于本单位。本次访问已记入审计日志。',
  en: 'Not found, or not of your unit. This access was written to the audit log.',
};

export const NOT_ALLOWED: Refusal = {
  code: 'not-allowed',
  zh: '当前账号无权进行此操作。',
  en: 'This account may not do that.',
};

export const NO_ROOM: Refusal = {
  code: 'no-room',
  zh: '当前账号不属于任何值班室，不能打开值班台。',
  en: 'This account belongs to no duty room.',
};

export const NO_SEAT: Refusal = {
  code: 'no-seat',
  zh: '请先选择坐席，再换人。',
  en: 'Choose a seat first.',
};

export const NO_PIN: Refusal = {
  code: 'no-pin',
  zh: '该人员尚未设置 PIN，请用本人账号登录。',
  en: 'This person has no PIN yet. Log in with the person’s own account.',
};

export const WRONG_PIN: Refusal = {
  code: 'wrong-pin',
  zh: 'PIN 不对，换人未成功。',
  en: 'Wrong PIN. The person at this seat was not changed.',
};

export const NOT_DEMO: Refusal = {
  code: 'not-demo',
  zh: '模拟来电仅在演示时可用。',
  en: 'Simulated calls exist in the demonstration only.',
};

export const NOT_KEPT: Refusal = {
  code: 'not-kept',
  zh: '服务暂时无法保存，所填内容仍在本机，稍后自动重试。',
  en: 'The service cannot store this now. The page keeps the text and repeats it.',
};

export const FOREIGN_ORIGIN: Refusal = {
  code: 'foreign-origin',
  zh: '请求来自其他网站，已拒绝。',
  en: 'The request came from another site and was refused.',
};

export const HTTPS_ONLY: Refusal = {
  code: 'https-only',
  zh: '请用 https:// 打开本页。',
  en: 'Use https:// for this address.',
};

export const TOO_MANY: Refusal = {
  code: 'too-many-requests',
  zh: '请求过于频繁，请稍候再试。',
  en: 'Too many requests. Wait a moment.',
};

export const BAD_REQUEST: Refusal = {
  code: 'bad-request',
  zh: '请求的格式不对。',
  en: 'The request has a wrong form.',
};

export const OUR_FAULT: Refusal = {
  code: 'internal-error',
  zh: '服务内部出错，已记入日志。',
  en: 'The service failed; the error was logged.',
};

export const RECORDING_NOT_READY: Refusal = {
  code: 'recording-not-ready',
  zh: '录音尚未入库，请在通话结束后再听。',
  en: 'The recording is not stored yet. Try again after the call.',
};

export const RECORDING_GONE: Refusal = {
  code: 'recording-gone',
  zh: '未找到录音文件，通话记录仍在。请通知技术人员检查录音存储。',
  en: 'The sound file is not where it was stored. Have the recordings folder checked.',
};

export const RECORDING_CHANGED: Refusal = {
  code: 'recording-changed',
  zh: '校验不一致：文件与入库时不同，可能被改动。已停止播放，可调取备份。',
  en: 'The file is not what was stored. Not played; use the second copy.',
};

export const REASON_NEEDED: Refusal = {
  code: 'listen-reason-needed',
  zh: '收听非本班通话须先填写事由，事由记入审计日志。',
  en: 'Say why you listen to this call first; the reason joins the audit log.',
};

export const EXPORT_REASON_NEEDED: Refusal = {
  code: 'export-reason-needed',
  zh: '导出非本班通话的录音须先填写事由，事由记入审计日志和封面。',
  en: 'Say why you export sound of this call first; the reason joins the audit log and the cover sheet.',
};

export const CLIP_TOO_LONG: Refusal = {
  code: 'clip-too-long',
  zh: '一次最多导出 15 分钟。请缩短片段，或分段导出。',
  en: 'At most 15 minutes are exported at once. Choose a shorter stretch, or export it in parts.',
};

export const CLIP_EMPTY: Refusal = {
  code: 'clip-empty',
  zh: '所选片段内没有录音。请重新选择起点和终点。',
  en: 'There is no sound in that stretch. Choose its ends again.',
};

export const CLIP_NOT_CUT: Refusal = {
  code: 'clip-not-cut',
  zh: '录音不能截取：服务器上没有 ffmpeg，或它读不出这种格式。请通知技术人员。',
  en: 'The sound cannot be cut: there is no ffmpeg, or it cannot read this format.',
};

export const RECORDING_SHUT: Refusal = {
  code: 'recording-shut',
  zh: '该通话已按涉密误录处置隔离或销毁，不能收听。',
  en: 'This call was shut away and cannot be heard.',
};

export const SECOND_PERSON_MAY_NOT: Refusal = {
  code: 'second-person-may-not',
  zh: '第二人无权确认销毁，请由带班领导或督查人员确认。',
  en: 'The second person may not confirm this; a leader or a supervisor may.',
};

export const NO_PERSON: Refusal = {
  code: 'no-person',
  zh: '当前账号没有对应的人员，请用本人账号登录后再操作。',
  en: 'This account belongs to no person. Log in with your own account.',
};

export const EXPORT_BUSY: Refusal = {
  code: 'export-busy',
  zh: '已有两个导出正在进行，请等其中一个完成后再试。',
  en: 'Two exports are running already. Try again when one of them is done.',
};

export const BAD_RANGE: Refusal = {
  code: 'bad-range',
  zh: '请求的录音片段超出文件范围。',
  en: 'The requested range cannot be served.',
};

/** Too many wrong attempts; `waitMs` until the next one is looked at. */
export function lockedFor(waitMs: number): Refusal {
  const seconds = Math.ceil(waitMs / 1_000);
  return {
    code: 'locked',
    zh: `连续输错次数过多，请 ${seconds} 秒后再试。`,
    en: `Too many wrong attempts. Wait ${seconds} seconds.`,
  };
}

export const UPLOADS_BUSY: Refusal = {
  code: 'uploads-busy',
  zh: '正在上传的附件太多，请稍候再试。',
  en: 'Too many uploads at once. Try again in a moment.',
};

export const ATTACHMENT_KIND: Refusal = {
  code: 'attachment-kind',
  zh: '只能附 PDF、JPG、PNG、DOCX、XLSX（不含宏）和纯文本。该文件内容不是其中之一，没有上传。',
  en: 'Only PDF, JPEG, PNG, DOCX, XLSX without macros and plain text, by content. This file was not kept.',
};

export function attachmentTooLarge(mostBytes: number): Refusal {
  const most = Math.floor(mostBytes / 1_000_000);
  return {
    code: 'attachment-too-large',
    zh: `附件超过 ${most} MB，没有上传。请压缩或拆分后再传。`,
    en: `The file is larger than ${most} MB and was not kept. Make it smaller.`,
  };
}

export const ATTACHMENT_NOT_KEPT: Refusal = {
  code: 'attachment-not-kept',
  zh: '存储写不进去，附件没有保存。请先保留原文件，并通知值守技术人员。',
  en: 'The storage did not take the file. Keep the original and tell the technician.',
};

export const ATTACHMENT_AWAY: Refusal = {
  code: 'attachment-away',
  zh: '附件读不到，或与上传时不一致，没有下载。可由技术人员从备份恢复。',
  en: 'The file cannot be read, or is not what was uploaded. It can be restored from the second copy.',
};

export const ATTACHMENT_REMOVED: Refusal = {
  code: 'attachment-removed',
  zh: '该附件已删除，只保留删除记录。',
  en: 'This attachment was removed; only the fact is kept.',
};

/** Of a 公示屏: never made, revoked, or of a room that is gone, all alike. */
export const WALL_LINK_UNKNOWN: Refusal = {
  code: 'wall-link-unknown',
  zh: '此公示屏链接无效或已停用。请在“系统”页重新生成。',
  en: 'This link of a wall screen is unknown or was revoked. Make a new one on the page 系统.',
};

/** Two looks over the database run already. */
export const ASSESSMENT_BUSY: Refusal = {
  code: 'assessment-busy',
  zh: '已有两份考核统计正在进行，请稍候再试。',
  en: 'Two assessments are being counted already. Try again in a moment.',
};
