import { expect, it } from 'vitest';
import { saidDue } from '../../src/ui/roster-due-bar.tsx';

const DAY = 86_400_000;
const dueAt = new Date(2026, 8, 26).getTime();
const due = { name: '国庆节', from: '2026-10-01', to: '2026-10-07', dueAt, overAt: dueAt + 12 * DAY };

it('a roster that falls due today is to be reported; on the days after it is late', () => {
  expect(saidDue(due, dueAt + DAY - 1)).toBe(
    '今天应报送国庆节（10-01 至 10-07）的值班表，登记报送后不再提示。',
  );
  expect(saidDue(due, dueAt + DAY)).toBe('国庆节（10-01 至 10-07）的值班表应于 09-26 报送，尚未登记报送。');
  expect(saidDue({ ...due, to: due.from }, dueAt)).toContain('国庆节（10-01）');
});
