import { describe, expect, it } from 'vitest';
import {
  type DeviceEvidence,
  type LineEvidence,
  recordingWorks,
  telephoneWorks,
} from '../../src/duty/device-evidence.ts';

const probed = (arrived: boolean | null, at = 10): LineEvidence['probe'] => ({
  ...{ id: 'p', at, running: false, arrived },
});
const line = (more: Partial<LineEvidence>): LineEvidence => ({
  ...{ line: 'l', number: '0954-2030000', inSight: true, lastCallAt: null, probe: null },
  ...more,
});
const evidence = (...lines: readonly LineEvidence[]): DeviceEvidence => ({ lines, recorded: 0, silent: 0 });

describe('设备检查 by evidence', () => {
  it.each<[string, readonly LineEvidence[], boolean | null]>([
    ['a call that came', [line({ lastCallAt: 5 })], true],
    ['a probe that arrived', [line({ probe: probed(true) })], true],
    ['a probe that did not arrive', [line({ lastCallAt: 5, probe: probed(false) })], false],
    ['a call after a probe that did not arrive', [line({ lastCallAt: 20, probe: probed(false) })], true],
    ['a probe of which nobody can say', [line({ probe: probed(null) })], null],
    ['nothing', [line({})], null],
    ['a PBX out of sight, whatever came before', [line({ inSight: false, lastCallAt: 5 })], false],
    ['one line of two', [line({ lastCallAt: 5 }), line({})], null],
    ['one line of two that is broken', [line({ lastCallAt: 5 }), line({ inSight: false })], false],
    ['no line at all', [], null],
  ])('of the telephone: %s', (_, lines, works) => {
    expect(telephoneWorks(evidence(...lines))).toBe(works);
  });

  it('of the recording: sound that is there, sound that should be, and nothing to record', () => {
    expect(recordingWorks({ lines: [], recorded: 3, silent: 0 })).toBe(true);
    expect(recordingWorks({ lines: [], recorded: 3, silent: 1 })).toBe(false);
    expect(recordingWorks({ lines: [], recorded: 0, silent: 0 })).toBeNull();
  });
});
