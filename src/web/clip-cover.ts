/** 封面 of an exported 录音片段: one sheet of A4 that says what it is cut from and who took it out. Nothing outside is needed to show it. */
import { offsetAt } from '../duty/time-zone.ts';
import type { Stretch } from '../recordings/clip.ts';
import type { CallView } from './protocol/call-view.ts';

export interface ClipFile {
  readonly name: string;
  /** `原始录音`, `分轨录音`: what it was cut from. */
  readonly from: string;
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  readonly seconds: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ClipCover {
  readonly room: string;
  readonly unit: string;
  /** 编号 of the 电话记录单; null: not registered. */
  readonly recordNumber: string | null;
  readonly call: CallView | null;
  readonly recording: {
    readonly id: string;
    readonly part: 'talk' | 'before-answer';
    readonly seconds: number | null;
    readonly bytes: number;
    readonly sha256: string;
  };
  readonly stretch: Stretch;
  readonly files: readonly ClipFile[];
  readonly by: { readonly name: string; readonly title: string | null; readonly account: string };
  /** Null: it is a call of the own shift, of which nobody is asked why. */
  readonly reason: string | null;
  /** ms UTC; the original was read through and compared just before. */
  readonly at: number;
  readonly timeZone: string;
}

/** A whole HTML document. */
export function clipCover(cover: ClipCover): string {
  const { recording, files, stretch } = cover;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>录音片段封面</title>
<style>${STYLE}</style>
</head>
<body>
<h1>录音片段封面</h1>
<p class="word">所附文件是录音片段，不是完整录音。片段由系统直接截取自入库的原始录音，未作降噪、增益或其他处理；完整录音仍保存在本系统，可凭录音标识和校验值核对。</p>
${table('通话', callRows(cover))}
${table('原始录音', [
  ['录音标识', recording.id],
  ['内容', recording.part === 'talk' ? '通话录音' : '接听前录音'],
  ['长度', recording.seconds === null ? '未测得' : `${recording.seconds} 秒`],
  ['大小', `${recording.bytes} 字节`],
  ['校验值 SHA-256', recording.sha256],
  ['校验结果', '校验一致（导出前重新读取整个文件，与入库时的校验值相同）'],
])}
${table('片段', [
  ['起止', `原始录音的第 ${position(stretch.from)} 至 ${position(stretch.to)}`],
  ...files.flatMap((file) => fileRows(file)),
])}
${table('导出', [
  ['导出单位', cover.unit],
  [
    '导出人',
    `${cover.by.name}${cover.by.title === null ? '' : `（${cover.by.title}）`}，账号 ${cover.by.account}`,
  ],
  ['导出时间', zoned(cover.at, cover.timeZone)],
  ['事由', cover.reason ?? '本班通话，未要求填写'],
])}
<p class="note">核对方法：Windows 用 certutil -hashfile clip.wav SHA256，Linux 用 sha256sum -c SHA256SUMS，结果应与上列校验值相同。${
    files.length > 1
      ? 'sides.wav 由同时录下的两路分轨录音合成，左声道为对方，右声道为本室；分轨录音入库时未单独登记校验值，以 clip.wav 为准。'
      : ''
  }本次导出已记入审计日志。</p>
<p class="sign"><span>导出人签名：</span><span>接收人签名：</span><span>日期：</span></p>
</body>
</html>
`;
}

type Row = readonly [name: string, value: string];

function callRows({ call, room, recordNumber, timeZone }: ClipCover): readonly Row[] {
  const head: readonly Row[] = [['值班室', room]];
  if (call === null) return head;
  const { caller, direction } = call;
  const number = direction === 'outbound' ? call.dialled : (caller.shown ?? '');
  const other = [caller.unit, caller.person].filter((part) => part !== null).join(' ');
  return [
    ...head,
    ['值班电话', call.line ?? call.dialled],
    [direction === 'outbound' ? '去电号码' : '来电号码', numberSaid(number, call.tampered)],
    ...(other === '' ? [] : [['通讯录登记', other] as const]),
    ['电话记录单编号', recordNumber ?? '未登记'],
    ['通话标识', call.id],
    [direction === 'outbound' ? '去电时间' : '来电时间', zoned(call.startedAt, timeZone)],
    ['接听时间', call.answeredAt === null ? '未接听' : zoned(call.answeredAt, timeZone)],
    ['结束时间', call.endedAt === null ? '通话中' : zoned(call.endedAt, timeZone)],
  ];
}

function numberSaid(number: string, isTampered: boolean): string {
  if (isTampered) return `${number === '' ? '无法读出' : number}（信令中夹带伪造内容，号码不可信）`;
  return number === '' ? '未显示号码' : number;
}

function fileRows(file: ClipFile): readonly Row[] {
  const sides = file.channels === 2 ? '双声道' : '单声道';
  return [
    [
      `文件 ${file.name}`,
      `截取自${file.from}，${file.seconds.toFixed(3)} 秒，${sides}，${file.sampleRate} 赫兹 16 位 PCM，${file.bytes} 字节`,
    ],
    ['校验值 SHA-256', file.sha256],
  ];
}

function table(caption: string, rows: readonly Row[]): string {
  const lines = rows.map(([name, value]) => `<tr><th>${escaped(name)}</th><td>${escaped(value)}</td></tr>`);
  return `<table><caption>${caption}</caption>\n${lines.join('\n')}\n</table>`;
}

/** `12 分 3.5 秒`. */
function position(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const minutes = Math.floor(tenths / 600);
  return `${minutes > 0 ? `${minutes} 分 ` : ''}${(tenths % 600) / 10} 秒`;
}

/** `2026-11-23 03:07:42（Asia/Shanghai，UTC+08:00）`. */
function zoned(at: number, timeZone: string): string {
  const offset = offsetAt(timeZone, at);
  const wall = new Date(at + offset).toISOString();
  const ahead = Math.abs(offset) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const utc = `UTC${offset < 0 ? '-' : '+'}${two(ahead / 60)}:${two(ahead % 60)}`;
  return `${wall.slice(0, 10)} ${wall.slice(11, 19)}（${timeZone}，${utc}）`;
}

/** Numbers and names come from outside; characters that turn the writing round or hide are shown as what they are. */
function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const STYLE = `
@page { size: A4; margin: 14mm 18mm; }
body { max-width: 174mm; margin: 8mm auto; color: #000; font: 10.5pt/1.35 FangSong, 仿宋_GB2312, "Noto Serif CJK SC", serif; }
h1 { margin: 0 0 4mm; text-align: center; font: 20pt/1.3 方正小标宋简体, SimSun, "Noto Serif CJK SC", serif; }
.word { margin: 0 0 4mm; padding: 2mm 3mm; border: 1pt solid #000; font-weight: bold; }
table { width: 100%; margin: 0 0 3mm; border-collapse: collapse; page-break-inside: avoid; }
caption { padding: 0 0 1mm; text-align: left; font-weight: bold; }
th, td { padding: 0.4mm 2mm; border: 0.5pt solid #000; text-align: left; vertical-align: top; }
th { width: 32mm; font-weight: normal; white-space: nowrap; }
td { overflow-wrap: anywhere; word-break: break-all; }
.note { font-size: 9pt; }
.sign { display: flex; margin-top: 10mm; }
.sign span { flex: 1; }
@media print { body { margin: 0; } }
`;
