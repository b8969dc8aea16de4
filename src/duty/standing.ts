/**
 * 身份: who may be rostered. The notice (二(四)): 要安排…正式人员承担值班工作，不得安排三支一扶、西部计划、企事业单位实习生、工勤、
 * 临时聘用和退休返聘人员值班. Pure.
 */
export const STANDINGS = [
  'permanent',
  'rural-service',
  'western-plan',
  'intern',
  'worker',
  'temporary',
  'retired',
] as const;
export type Standing = (typeof STANDINGS)[number];

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  permanent: '正式人员',
  'rural-service': '三支一扶',
  'western-plan': '西部计划',
  intern: '企事业单位实习生',
  worker: '工勤',
  temporary: '临时聘用',
  retired: '退休返聘',
};

export interface StandingObjection {
  readonly code: 'not-permanent' | 'standing-unsaid';
  readonly zh: string;
  readonly en: string;
}

/** A refusal in the notice's words; null for who may be on duty. Of whom nobody said it (`standing` null) it is asked first. */
export function objectionToStanding(name: string, standing: Standing | null): StandingObjection | null {
  if (standing === 'permanent') return null;
  if (standing === null) {
    return {
      code: 'standing-unsaid',
      zh: `${name}的身份未填写，不能安排值班。请先在“人员身份”中填写。`,
      en: 'Nobody has said whether this person is permanent staff; say so first.',
    };
  }
  return {
    code: 'not-permanent',
    zh: `${name}为${STANDING_WORDS[standing]}人员，不得安排值班。值班工作由正式人员承担（《通知》二（四））。`,
    en: 'Only permanent staff may be put on the roster.',
  };
}

/** As a person writes it in a roster or a table: `正式`, `正式人员`, `三支一扶人员`; undefined when it is none of them. */
export function standingOf(text: string): Standing | undefined {
  const bare = text.replace(/\s/g, '').replace(/人员$/, '');
  return STANDINGS.find((standing) => {
    const word = STANDING_WORDS[standing].replace(/人员$/, '');
    return (
      bare === word ||
      (standing === 'intern' && bare === '实习生') ||
      (standing === 'intern' && bare === '实习')
    );
  });
}
