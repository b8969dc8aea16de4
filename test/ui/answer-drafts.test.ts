import { describe, expect, it } from 'vitest';
import {
  type AnswerDraft,
  editedAnswer,
  isUnsaved,
  savedAnswer,
  shownAnswer,
} from '../../src/ui/inspection/answer-drafts.ts';

const kept = (revision: number, situation = '') => ({
  ...{ situation, verdict: null, mendBy: null, revision },
});
const typed = (situation: string, over = kept(0), draft?: AnswerDraft) =>
  editedAnswer(draft, over, { situation });

describe('what an inspector writes of an item', () => {
  it('goes over the revision that was seen when it was begun, not over what came while it was written', () => {
    const draft = typed('响铃', kept(0));
    expect(typed('响铃 19 秒', kept(1, '别人写的'), draft)).toMatchObject({
      base: 0,
      situation: '响铃 19 秒',
    });
    expect(shownAnswer(draft, kept(1, '别人写的')).situation).toBe('响铃');
  });

  it('gives way, once saved, to what is read: nobody signs what somebody else has written under his own words', () => {
    const draft = typed('响铃');
    const saved = savedAnswer(draft, draft, 0);
    expect(shownAnswer(saved, kept(0)).situation).toBe('响铃');
    expect(shownAnswer(saved, kept(2, '别人写的')).situation).toBe('别人写的');
    expect(typed('又写', kept(2, '别人写的'), saved)).toMatchObject({ base: 2, situation: '又写' });
  });

  it('is still to be saved where it went on while it was sent, and not where it says what is kept', () => {
    const sent = typed('响铃');
    const on = typed('响铃 19 秒', kept(0), sent);
    const saved = savedAnswer(on, sent, 0);
    expect(saved).toMatchObject({ base: 1, isSaved: false });
    expect(isUnsaved(saved, kept(1, '响铃'))).toBe(true);
    expect(isUnsaved(typed('响铃', kept(1, '响铃')), kept(1, '响铃'))).toBe(false);
    expect(isUnsaved(undefined, kept(0))).toBe(false);
  });
});
