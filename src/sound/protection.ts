/**
 * What a recording is evidence for, so that no policy deletes it: a numbered record, or a finding (疑似, 问题) that is not yet
 * dealt with. Whatever else comes to rest on sound (incidents) adds its kind here and its row in `storage/protections.ts`.
 */
export type Protection = 'record' | 'finding';
