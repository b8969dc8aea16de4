import { describe, expect, it } from 'vitest';
import { linePaper } from '../../src/documents/line-paper.ts';
import { spotCheckPaper } from '../../src/documents/spot-check-paper.ts';
import { decidedFinding, probeOf, WATCHED } from './watch-samples.ts';

const NOON = Date.UTC(2026, 10, 23, 4);
const offset = () => 8 * 3_600_000;
const here = { number: '0954-2030001', unit: '原州区人民政府', room: '区政府值班室' };

describe('抽查结果 on paper', () => {
  const setting = {
    ...{ unit: '固原市人民政府', by: '督查一', areaCode: '0954', now: NOON, offset },
    offices: [{ line: 'l-county', ...here }],
  };

  it('says of each office when it rang, what was heard, and both verdicts', () => {
    const { head, tables, note } = spotCheckPaper(
      [
        probeOf({ line: 'l-county', forwarding: 'clean', ringback: 'clean', heard: 'standard', rang: 1.24 }),
        probeOf({
          line: null,
          unit: '隆德县人民政府',
          number: '09545550001',
          ringback: 'suspect',
          heard: 'music',
        }),
        probeOf({ line: null, unit: null, number: '12345', ringback: 'unknown', why: 'only-ringing' }),
        probeOf({ line: null, unit: '泾源县人民政府', number: '09545550002', state: 'waiting' }),
      ],
      setting,
    );
    expect(head).toEqual({ room: '抽查单位：固原市人民政府', date: '抽查日期：2026年11月23日' });
    expect(tables[0]?.rows).toEqual([
      [
        '1',
        '原州区人民政府 区政府值班室',
        '0954-2030001',
        '12:00:05',
        '1.2 秒后振铃',
        '标准回铃音',
        '未发现',
        '未发现',
        '到时挂断，无人接听',
      ],
      [
        '2',
        '隆德县人民政府',
        '0954-5550001',
        '12:00:05',
        '没有振铃',
        '音乐',
        '未发现',
        '疑似',
        '到时挂断，无人接听',
      ],
      [
        '3',
        '',
        '12345',
        '12:00:05',
        '没有振铃',
        '',
        '未发现',
        '无法判定',
        '到时挂断，无人接听。仅收到振铃信号，未听到回铃音。可换一条外线再测。',
      ],
      ['4', '泾源县人民政府', '0954-5550002', '', '', '', '', '', '排队'],
    ]);
    expect(note).toBe(
      '共抽查 4 部，两项均未发现 1 部，疑似呼转 0 部，疑似彩铃 1 部，尚未完成 1 部。“疑似”须经人员核实。本系统以外的电话只能听辨，呼转一般无法判定。抽查人：督查一　打印时间：2026-11-23 12:00',
    );
  });

  it.each([
    ['对方忙，未能检测。', { ending: 'busy', why: 'probe-failed' }],
    ['空号，未能检测。', { ending: 'rejected', cause: 1, why: 'probe-failed' }],
    ['拨测没有拨通。请检查拨测外线后再测。', { ending: 'failed', why: 'probe-failed' }],
    [
      '对方接听。仅收到振铃信号，未听到回铃音。可换一条外线再测。',
      { ending: 'answered', why: 'only-ringing' },
    ],
    ['对方接听', { ending: 'answered' }],
  ] as const)('says how it ended, and what that is worth: %s', (said, how) => {
    expect(spotCheckPaper([probeOf({ line: null, ...how })], setting).tables[0]?.rows[0]?.at(-1)).toBe(said);
  });

  it('says where the network itself said that the call goes', () => {
    const passedOn = { sign: '302', number: '13900001111' } as const;
    const probe = probeOf({ line: 'l-county', ending: 'rejected', passedOn });
    const said = '对方拒接。网络要求改拨 139 0000 1111（302）。';
    expect(spotCheckPaper([probe], setting).tables[0]?.rows[0]?.at(-1)).toBe(said);
    const ofLine = linePaper(WATCHED, [], [probe], {
      ...here,
      areaCode: '0954',
      now: NOON,
      offset,
      isCut: false,
    });
    expect(ofLine.tables[2]?.rows[0]?.at(-1)).toBe(said);
    const told = probeOf({ line: null, passedOn: { sign: '181', number: null } });
    expect(spotCheckPaper([told], setting).tables[0]?.rows[0]?.at(-1)).toBe(
      '到时挂断，无人接听。网络告知：该呼叫正被转接（181）。',
    );
  });

  it('has no sign in it that turns or hides the writing', () => {
    const { tables } = spotCheckPaper([probeOf({ line: null, unit: '隆德\u202e县\n府' })], setting);
    expect(tables[0]?.rows[0]?.[1]).toBe('隆德\ufffd县 府');
  });
});

describe('检测记录 of a line on paper', () => {
  const setting = { ...here, areaCode: '0954', now: NOON, offset, isCut: false };

  it('says what is covered, why nothing is known, who decided what, and how it was probed', () => {
    const { head, tables } = linePaper(
      WATCHED,
      [decidedFinding],
      [probeOf({ line: 'l-county', forwarding: 'suspect', arrived: false, askedBy: '张三' })],
      setting,
    );
    expect(head.room).toBe('原州区人民政府 区政府值班室　值班电话：0954-2030001');
    expect(tables.map(({ heading }) => heading)).toEqual(['一、当前结论', '二、检测发现', '三、拨测记录']);
    const [verdicts, found, probed] = tables.map(({ rows }) => rows);
    expect(verdicts).toEqual([
      ['呼转', '未发现', '2026-11-23 11:00', '拨测', '无条件、遇忙', ''],
      ['彩铃', '无法判定', '', '', '', '尚未检测。请安排拨测。'],
    ]);
    expect(found).toEqual([
      [
        ...['1', '呼转', '话机上拨了呼转代码', '已排除', '2026-11-23 09:00', '2026-11-23 10:00', '2'],
        '2026-11-23 10:30 张三 排除：技术人员试线\n2026-11-23 10:31 （未具名） 确认',
      ],
    ]);
    expect(probed).toEqual([
      [
        ...['1', '2026-11-23 12:00', '无条件', '张三', '没有振铃', '', '未到达', '疑似', '未发现'],
        '到时挂断，无人接听',
      ],
    ]);
  });

  it('says so where nothing was found and nobody probed, and when it holds not all', () => {
    const { tables } = linePaper(WATCHED, [], [], { ...setting, isCut: true });
    expect(tables.map(({ none, rows }) => (rows.length === 0 ? none : null))).toEqual([
      null,
      '没有发现。',
      '没有拨测过。',
    ]);
    const cut = linePaper(WATCHED, [], [probeOf({ line: 'l-county' })], { ...setting, isCut: true });
    expect(cut.tables[2]?.heading).toBe('三、拨测记录（最近 1 次）');
  });
});
