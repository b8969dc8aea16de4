import { describe, expect, it } from 'vitest';
import { saidGap } from '../../src/ui/said-gap.ts';

const FROM = new Date(2026, 10, 26, 3, 12).getTime();
const NOW = new Date(2026, 10, 26, 8, 0).getTime();

function said(missed: number | null, recovered: number | null, to: number | null = FROM + 182_000): string {
  return saidGap({ id: 'g', pbx: 'main', from: FROM, to, cause: 'link-down', missed, recovered }, NOW);
}

describe('a stretch in which nobody listened', () => {
  it('says when and how long', () => {
    expect(said(0, null)).toMatch(/^系统未值守 .*03:12.*03:15.*3 分 2 秒/);
    expect(said(null, null, null)).toMatch(/^系统自 .*03:12.* 起未值守，其间来电未登记。$/);
  });

  const WORDS: readonly (readonly [missed: number | null, recovered: number | null, words: string])[] = [
    // Asterisk 22 counts, and nobody keeps a history of it.
    [0, null, '其间没有漏记的来电。'],
    [3, null, '其间电话交换机另处理 3 通，未登记，请人工补记。'],
    // Asterisk 16 does not count.
    [null, null, '其间来电数无法得知，请核对话机记录。'],
    // The history gave calls back: they are registered, and nobody must be asked to write them down once more.
    [0, 0, '其间没有漏记的来电。'],
    [3, 3, '其间的 3 通已由系统补采，请核对。'],
    [2, 3, '其间的 3 通已由系统补采，请核对。'],
    [0, 1, '其间的 1 通已由系统补采，请核对。'],
    [3, 2, '其间电话交换机另处理 3 通，系统已补采 2 通，其余请核对话机记录，缺的人工补记。'],
    [3, 0, '其间电话交换机另处理 3 通，系统已补采 0 通，其余请核对话机记录，缺的人工补记。'],
    [null, 2, '其间来电数无法得知，系统已补采 2 通，请核对话机记录，缺的人工补记。'],
  ];
  it.each(WORDS)('with %s missed and %s recovered says %s', (missed, recovered, words) => {
    expect(said(missed, recovered).endsWith(`，${words}`)).toBe(true);
  });
});
