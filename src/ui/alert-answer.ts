/** What a receiver of alerts met us with, as a person reads it: what happened, and what to do. Pure. */
import type { AlertChannelName } from '../web/protocol/alert-view.ts';

const REFUSED = '接收方拒绝连接，请核对地址和端口，并看接收程序是否在运行。';
const UNKNOWN_NAME = '找不到接收方的主机名，请核对地址和本机的 DNS。';
const UNREACHABLE = '网络到不了接收方，请检查网线、网关和防火墙。';
const SILENT = '接收方没有按时回答，请检查网络、防火墙和接收程序。';
const BROKEN = '连接中途断开，请检查接收程序和两者之间的代理。';
const UNTRUSTED = '接收方的证书不被信任，请换用有效证书，或按文档登记其签发机构。';
const NO_TLS = '两边的加密方式谈不拢，请核对地址是 http 还是 https，以及邮件的 tls 设置。';

/** Codes of Node, its fetch (undici) and nodemailer. */
const BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: REFUSED,
  ECONNECTION: REFUSED,
  ENOTFOUND: UNKNOWN_NAME,
  EAI_AGAIN: UNKNOWN_NAME,
  EDNS: UNKNOWN_NAME,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EADDRNOTAVAIL: UNREACHABLE,
  ETIMEDOUT: SILENT,
  TimeoutError: SILENT,
  UND_ERR_CONNECT_TIMEOUT: SILENT,
  UND_ERR_HEADERS_TIMEOUT: SILENT,
  ECONNRESET: BROKEN,
  EPIPE: BROKEN,
  UND_ERR_SOCKET: BROKEN,
  ESOCKET: BROKEN,
  EPROTO: NO_TLS,
  ETLS: NO_TLS,
  'bad-address':
    '这个地址不能用，请核对 dutyline.yaml 中 alerts.webhook 的写法；少数端口按网页标准不许使用，请换一个。',
  EAUTH: '邮件服务器不接受账号或口令，请核对 alerts.mail 的账号设置。',
  ENOAUTH: '邮件服务器要求登录，请在 alerts.mail 中填写账号。',
  EENVELOPE: '邮件服务器不接受发件人或收件人，请核对 alerts.mail 的 from 和 to。',
  EMESSAGE: '邮件服务器没有收下邮件，请把代码告诉邮件管理员。',
};

/** `answer` as the log keeps it: `status 500`, `ECONNREFUSED`, `EAUTH 535`. */
export function answerSentence(channel: AlertChannelName, answer: string): string {
  const status = /^status (\d{3})$/.exec(answer)?.[1];
  if (status !== undefined) return ofStatus(Number(status));
  const [code = ''] = answer.split(' ');
  if (/CERT|_ISSUER|SELF_SIGNED|LEAF_SIGNATURE/.test(code)) return UNTRUSTED;
  if (/^ERR_(SSL|TLS)/.test(code)) return NO_TLS;
  if (code === 'no-http' || code.startsWith('HPE_')) return '接收方的回答不是网页协议，请核对地址和端口。';
  const known = Object.entries(BY_CODE).find(([name]) => name === code)?.[1];
  return known ?? `${channel === 'mail' ? '邮件服务器' : '接收方'}没有收下，请把代码告诉系统管理员。`;
}

function ofStatus(status: number): string {
  if (status >= 500) return '接收程序自己出错，请通知其管理人员。';
  if (status >= 300 && status < 400) return '接收方要求换一个地址，请把 alerts.webhook 改成最终地址。';
  if (status === 401 || status === 403) return '接收方不认可本系统，请核对地址中的密钥和 alerts.signingKey。';
  if (status === 404 || status === 410) return '接收方没有这个地址，请核对 alerts.webhook。';
  if (status === 429) return '接收方嫌发得太快，系统会放慢重试。';
  return '接收方不接受这样的内容，请通知其管理人员。';
}
