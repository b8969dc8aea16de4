/**
 * Why sound cannot be fetched from the machine of a PBX: a stable code and one sentence per language which says what
 * happened and what a person can do about it. The other side's own words are cut and stripped before they stand here.
 */

export interface SftpTrouble {
  readonly code: SftpTroubleCode;
  readonly zh: string;
  readonly en: string;
}

export type SftpTroubleCode = keyof typeof SENTENCES;

const SENTENCES = {
  'sftp-unreachable': {
    zh: '连不上电话交换机的 SSH 端口，录音暂时取不回来，仍在交换机上，恢复后自动取回。请检查地址、端口、防火墙',
    en: 'The SSH port of the PBX cannot be reached; its sound stays there and is fetched later: check address, port, firewall',
  },
  'sftp-no-answer': {
    zh: '电话交换机的 SSH 没有按时答复，稍后自动重试。请检查网络和交换机的负载',
    en: 'SSH on the PBX did not answer in time, it is tried again: check the network and the load of the PBX',
  },
  'sftp-lost': {
    zh: '与电话交换机的 SSH 连接中断，稍后从断点继续取录音',
    en: 'The SSH connection to the PBX was lost, fetching goes on later where it stopped',
  },
  'sftp-host-key-changed': {
    zh: '对方的主机密钥与配置的 hostKey 不同，没有登录。可能重装了系统，也可能有人冒充。请到交换机本机核对指纹，确认后再改配置',
    en: 'The host key is not the hostKey configured, nobody logged in: a new system, or an impostor. Compare the fingerprint at the PBX itself before you change it',
  },
  'sftp-key-refused': {
    zh: '电话交换机不接受取录音的账号或密钥。请检查 user，并把公钥写入该账号的 authorized_keys',
    en: 'The PBX refuses the account or its key: check user, and put the public key into that account’s authorized_keys',
  },
  'sftp-key-unusable': {
    zh: '取录音用的私钥读不懂或带有口令，请用 ssh-keygen -t ed25519 -N "" 另做一个',
    en: 'The private key cannot be read or has a passphrase: make another with ssh-keygen -t ed25519 -N ""',
  },
  'sftp-not-agreed': {
    zh: '对方端口不是 SSH，或双方没有共同的加密算法。请核对端口，升级交换机的 OpenSSH',
    en: 'The port is not SSH, or the two sides share no algorithm: check the port, update OpenSSH on the PBX',
  },
  'sftp-not-offered': {
    zh: '登录成功，但该账号不能用 sftp。请在 sshd_config 中给它 ForceCommand internal-sftp -R',
    en: 'The log-in is good but gives no sftp: give the account ForceCommand internal-sftp -R in sshd_config',
  },
  'sftp-folder-missing': {
    zh: '电话交换机上没有录音目录。账号在 chroot 中时，sftp.folder 要写它看到的路径',
    en: 'There is no such folder on the PBX: where sshd puts the account into a chroot, write the path seen there as sftp.folder',
  },
  'sftp-folder-refused': {
    zh: '取录音的账号没有读录音目录或文件的权限，请把它加入 asterisk 组',
    en: 'The account may not read the folder or its files: add it to the group asterisk on the PBX',
  },
  'sftp-file-changed': {
    zh: '录音文件在取回途中变了，稍后重新取',
    en: 'The file changed while it was fetched, it is fetched anew later',
  },
  'sftp-file-too-long': {
    zh: '录音文件大得不合理，没有取回，请到交换机上查看',
    en: 'The file is longer than any recording can be and was not fetched: look at it on the PBX',
  },
} as const;

/** Makes a trouble; `detail` (a fingerprint, a system's word) is stripped of control characters and cut at 200. */
export function sftpTrouble(code: SftpTroubleCode, detail = ''): SftpTrouble {
  const { zh, en } = SENTENCES[code];
  const said = detail
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
  return said === '' ? { code, zh, en } : { code, zh: `${zh}（${said}）`, en: `${en} (${said})` };
}

/** The sentences of a code that came through where only codes go; null when it is none of these. */
export function sftpWords(code: string): SftpTrouble | null {
  return code in SENTENCES ? sftpTrouble(code as SftpTroubleCode) : null;
}

/** A trouble on its way up; `code` is where the system puts its own. */
export class SftpFailure extends Error {
  readonly code: SftpTroubleCode;
  readonly trouble: SftpTrouble;

  constructor(trouble: SftpTrouble) {
    super(trouble.en);
    this.code = trouble.code;
    this.trouble = trouble;
  }
}
