/** What the office hears outside when a hand-over ends without those who should have come. Pure. */
import { type HandOver, missingOf } from './hand-over.ts';

export interface MissingAlert {
  readonly kind: 'hand-over-stayed' | 'hand-over-missing';
  readonly zh: string;
  readonly en: string;
}

/** Null: nobody is missing. Names are of the office's own people. */
export function missingAlert(
  handOver: HandOver,
  said: {
    readonly room: string;
    readonly leaders: readonly string[];
    readonly nameOf: (person: string) => string;
  },
): MissingAlert | null {
  const { state } = handOver;
  const missing = missingOf(handOver);
  const names = missing.map(said.nameOf).join('、');
  const leader = said.leaders.length === 0 ? '带班领导' : `带班领导${said.leaders.join('、')}`;
  if (state === 'stayed')
    return {
      kind: 'hand-over-stayed',
      zh: `${said.room}无人接班${names === '' ? '' : `（应到${names}）`}，本班继续值守，请${leader}安排人员。`,
      en: `Nobody took over the shift of ${said.room}: those on duty stay. The leader on duty is asked to see to it.`,
    };
  if (state !== 'done' || missing.length === 0) return null;
  return {
    kind: 'hand-over-missing',
    zh: `${said.room}接班人员${names}未到，其余人员已接班，请${leader}核实。`,
    en: `Not everybody who was expected took over the shift of ${said.room}. The leader on duty is asked to see to it.`,
  };
}
