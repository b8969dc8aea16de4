/**
 * What a recording is evidence for, so that no policy deletes it. A numbered record is all there is today: whatever else
 * comes to rest on sound (findings, incidents) adds its kind here and its row in `storage/protections.ts`.
 */
export type Protection = 'record';
