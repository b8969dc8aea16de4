/** What stands beside the records of the pictured office: 本班须知, 附件, 要点, 评议, files without a call. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { newId } from '../../src/storage/new-id.ts';
import type { Work } from '../../src/storage/work.ts';
import { type Browser, createBrowser } from '../web/browser.ts';
import type { History } from './history.ts';
import { OFFICER, PASSWORD, type PicturedOffice, ROOM, SETUP } from './office.ts';

const HOUR = 3_600_000;
const PHOTO = fileURLToPath(new URL('../../docs/images/desk.png', import.meta.url));

export async function laySupplies(office: PicturedOffice, told: History): Promise<void> {
  const now = Date.now();
  const officer = createBrowser(office.url);
  await expectOk(officer.logIn(OFFICER.login, OFFICER.password));
  const supervisor = createBrowser(office.url);
  await expectOk(supervisor.logIn('supervisor', PASSWORD));
  await dutyNotes(officer, now);
  const slide = told.get('slide');
  const record = slide?.record ?? '';
  await attach(
    officer,
    record,
    '柳泉镇滑坡现场照片（北三公里处，镇值班室二时五十五分拍摄）.png',
    readFileSync(PHOTO),
  );
  await attach(officer, record, '危险区群众名单.txt', Buffer.from('柳泉镇北山村五组，12 户 43 人。\n'));
  const call = slide?.call.id ?? '';
  const answered = slide?.call.answeredAt ?? now;
  for (const [after, text] of [
    [12, '已问清：道路阻断约三十米'],
    [38, '伤亡情况待核，十分钟后回电'],
  ] as const)
    await work(office, {
      type: 'note-add',
      ...{ note: newId(), call, text, moment: answered + after * 1_000, at: now },
      ...{ account: 'demonstration', person: 'p-wang', name: '王丽' },
    });
  await review(supervisor, call, 'proper', [], '要素齐全，报告及时。');
  await review(
    supervisor,
    told.get('meeting')?.call.id ?? '',
    'improper',
    ['not-read-back', 'elements-missing'],
    '会议地点没有复述。',
  );
  await strays(office, now, told);
}

async function dutyNotes(officer: Browser, now: number): Promise<void> {
  await post(officer, `/api/duty-notes/${ROOM}`, {
    base: 0,
    notes: {
      wall: { texts: [{ title: '值班纪律', text: '24 小时专人在岗，来电随到随记。' }], phones: false },
      leaderContact: '办公室 0954-2035601，夜间先拨手机',
      whereabouts: [
        {
          ...{ name: '林国栋', title: '区长', state: 'away', place: '省城（参加防汛工作会议）' },
          ...{ from: now - 9 * HOUR, to: now + 40 * HOUR, contact: '130 0000 5555', acting: '马志强副区长' },
        },
        {
          ...{
            name: '司马相如松',
            title: '常务副区长',
            state: 'away',
            place: '柳泉镇',
            from: now - 30 * HOUR,
          },
          ...{ to: now - 2 * HOUR, contact: '130 0000 6666', acting: '' },
        },
        {
          name: '何静',
          title: '办公室主任',
          state: 'present',
          place: '',
          from: null,
          to: null,
          contact: '0954-2035602',
          acting: '',
        },
      ],
      superiors: [
        { name: '市政府总值班室', number: '0954-8881200' },
        { name: '市应急管理局指挥中心', number: '0954-8887777' },
      ],
      phoneMinutes: 30,
      writtenMinutes: 60,
      reporting:
        '接报 → 记录并复述核对 → 报带班领导 → 按带班领导意见报主要负责同志 → 报上级值班室并通知有关部门 → 续报、终报。',
      other: '汛期每日 8:00、20:00 向市防指报雨情。传真机在二号坐席旁，备用纸在文件柜第二层。',
    },
  });
}

async function attach(officer: Browser, record: string, name: string, bytes: Uint8Array): Promise<void> {
  const asked = new URLSearchParams({ name, op: newId() });
  await expectOk(
    officer.fetch(`/api/records/${record}/attachments?${asked}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', origin: officer.base },
      body: Uint8Array.from(bytes),
    }),
  );
}

async function review(
  by: Browser,
  call: string,
  verdict: 'proper' | 'improper',
  reasons: readonly string[],
  remark: string,
): Promise<void> {
  await post(by, `/api/calls/${call}/reviews`, { review: newId(), seen: null, verdict, reasons, remark });
}

async function strays(office: PicturedOffice, now: number, told: History): Promise<void> {
  const call = told.get('no-sound')?.call;
  await work(office, {
    type: 'strays-seen',
    pbx: SETUP.pbx,
    gone: [],
    at: now,
    seen: [
      {
        ...{
          id: newId(),
          path: '/monitor/exten-2035678-0954884012-20261125-recorder-07.wav',
          bytes: 1_016_044,
        },
        modifiedAt: (call?.startedAt ?? now) + 70_000,
        suggestions:
          call === undefined
            ? []
            : [{ call: call.id, why: 'time-and-number', number: '0954-8884012', apartMs: 4_000 }],
      },
      { id: newId(), path: '/monitor/test.gsm', bytes: 3_300, modifiedAt: now - 50 * HOUR, suggestions: [] },
    ],
  });
}

async function post(by: Browser, path: string, body: unknown): Promise<void> {
  await expectOk(
    by.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: by.base },
      body: JSON.stringify(body),
    }),
  );
}

async function expectOk(answer: Promise<Response>): Promise<void> {
  const got = await answer;
  if (!got.ok) throw new Error(`${got.url}: ${got.status} ${await got.text()}`);
}

async function work(office: PicturedOffice, one: Work): Promise<void> {
  const written = await office.service.intake.work(one);
  if (!written.ok) throw new Error(written.refusal.en);
}
