import type { SettingRule } from '../../src/diagnosis/setting-suspicion.ts';
import type { Scope } from '../../src/diagnosis/suspicion.ts';

/** Which subroutines a dialplan has: FreePBX 17 and Asterisk from 21 on `Gosub`, FreePBX 16 `Macro`. */
export type Dialect = 'gosub' | 'macro';

export const HIDINGS = ['goto', 'gosub', 'include', 'pattern', 'local'] as const;
export type Hiding = (typeof HIDINGS)[number];

interface Fault {
  readonly name: string;
  readonly rule: SettingRule;
  /** Steps; the last one is the fault. */
  readonly steps: (dialect: Dialect) => readonly string[];
  /** Number or sound that must be told. */
  readonly says: string | null;
  readonly isForward?: boolean;
}

const routine = (dialect: Dialect, name: string, given: string): string =>
  dialect === 'gosub' ? `Gosub(macro-${name},s,1(${given}))` : `Macro(${name},${given})`;

export const FAULTS: readonly Fault[] = [
  { name: 'answer', rule: 'answered-early', steps: () => ['Answer()'], says: null },
  {
    name: 'playback',
    rule: 'announcement',
    steps: () => ['Playback(custom/welcome)'],
    says: 'custom/welcome',
  },
  {
    name: 'early-playback',
    rule: 'announcement',
    steps: () => ['Progress()', 'Playback(custom/welcome,noanswer)'],
    says: 'custom/welcome',
  },
  {
    name: 'background',
    rule: 'announcement',
    steps: () => ['BackGround(custom/welcome)'],
    says: 'custom/welcome',
  },
  {
    name: 'read',
    rule: 'announcement',
    steps: () => ['Read(KEY,custom/welcome,1)'],
    says: 'custom/welcome',
  },
  { name: 'music', rule: 'music', steps: () => ['MusicOnHold(crbt,5)'], says: 'crbt' },
  { name: 'start-music', rule: 'music', steps: () => ['StartMusicOnHold(crbt)'], says: 'crbt' },
  { name: 'queue', rule: 'queue-with-music', steps: () => ['Queue(500,t,,,20)'], says: '500' },
  {
    name: 'dial-m',
    rule: 'music-while-ringing',
    steps: () => ['Dial(PJSIP/1001,20,Ttm)'],
    says: 'default',
  },
  {
    name: 'dial-m-class',
    rule: 'music-while-ringing',
    steps: () => ['Dial(PJSIP/1001,20,b(func-apply-sipheaders^s^1)m(crbt))'],
    says: 'crbt',
  },
  {
    name: 'dial-r-tone',
    rule: 'own-tone',
    steps: () => ['Dial(PJSIP/1001,20,r(crbt))'],
    says: 'crbt',
  },
  {
    name: 'play-tones',
    rule: 'own-tone',
    steps: () => ['Progress()', 'PlayTones(400/500,0/500)'],
    says: '400/500,0/500',
  },
  {
    name: 'group-music',
    rule: 'music-while-ringing',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is dialplan
    steps: (dialect) => [routine(dialect, 'dial', '20,m(default)${REPLACE(DIAL_OPTIONS,r)},1001-1002')],
    says: 'default',
  },
  {
    name: 'trunk',
    rule: 'dialled-outside',
    steps: () => ['Set(MOBILE=13900001111)', `Dial(PJSIP/\${MOBILE}@telco,20)`],
    says: '13900001111',
  },
  {
    name: 'trunk-together',
    rule: 'dialled-outside',
    steps: () => ['Dial(PJSIP/1001&PJSIP/13900001111@telco,20)'],
    says: '13900001111',
  },
  {
    name: 'dialout',
    rule: 'dialled-outside',
    steps: (dialect) => [routine(dialect, 'dialout-trunk', '1,13900001111,,off')],
    says: '13900001111',
  },
  {
    name: 'group-member',
    rule: 'member-outside',
    steps: (dialect) => [routine(dialect, 'dial', `20,\${DIAL_OPTIONS},1001-913900001111#`)],
    says: '913900001111',
  },
  {
    name: 'transfer',
    rule: 'sent-elsewhere',
    steps: () => ['Transfer(13900001111)'],
    says: '13900001111',
  },
  {
    name: 'voicemail',
    rule: 'announcement',
    steps: () => ['VoiceMail(1001@default,u)'],
    says: '1001@default',
  },
];

export interface Planted {
  readonly name: string;
  readonly did: string;
  readonly expected: {
    readonly rule: SettingRule;
    readonly scope: Scope;
    readonly says: string | null;
    readonly context: string;
    readonly extension: string;
    readonly priority: number;
    readonly application: string;
    readonly data: string;
  };
}

/** Every fault behind every hiding, each under a number of its own, as text to be put behind a FreePBX-shaped dialplan. */
export function plantedFaults(dialect: Dialect): {
  readonly text: string;
  readonly planted: readonly Planted[];
} {
  const entries: string[] = [];
  const bodies: string[] = [];
  const planted = FAULTS.flatMap((fault, row) =>
    HIDINGS.map((hiding, column): Planted => {
      const id = `planted-${fault.name}-${hiding}`;
      const did = `0954777${String(row).padStart(2, '0')}${column}5`;
      const steps = fault.steps(dialect);
      const place = hide(hiding, dialect, id, did, steps, entries, bodies);
      const [, application = '', data = ''] = /^(\w+)\((.*)\)$/s.exec(steps.at(-1) ?? '') ?? [];
      const { rule, says } = fault;
      const expected = {
        rule,
        scope: 'always' as const,
        says,
        ...place,
        priority: steps.length,
        application,
        data,
      };
      return { name: `${fault.name} behind ${hiding}`, did, expected };
    }),
  );
  // A worse match that is clean stands beside the patterns.
  entries.push('exten => _0954777X.,1,Goto(from-did-direct,1001,1)');
  return { text: ['[from-pstn-custom](+)', ...entries, ...bodies, ''].join('\n'), planted };
}

const TO_PHONE = 'Goto(from-did-direct,1001,1)';

function hide(
  hiding: Hiding,
  dialect: Dialect,
  id: string,
  did: string,
  steps: readonly string[],
  entries: string[],
  bodies: string[],
): { readonly context: string; readonly extension: string } {
  const body = (context: string, extension: string, end: string) => {
    const lines = [...steps, end].map((step, at) =>
      at === 0 ? `exten => ${extension},1,${step}` : ` same => n,${step}`,
    );
    return [`[${context}]`, ...lines];
  };
  switch (hiding) {
    case 'goto':
      entries.push(`exten => ${did},1,Goto(${id},s,1)`);
      bodies.push(...body(id, 's', TO_PHONE));
      return { context: id, extension: 's' };
    case 'gosub': {
      const call = dialect === 'gosub' ? `Gosub(${id},s,1(${did}))` : `Macro(${id},${did})`;
      const context = dialect === 'gosub' ? id : `macro-${id}`;
      entries.push(`exten => ${did},1,${call}`, ` same => n,${TO_PHONE}`);
      bodies.push(...body(context, 's', dialect === 'gosub' ? 'Return()' : 'MacroExit()'));
      return { context, extension: 's' };
    }
    case 'include':
      entries.push(`exten => ${did},1,Goto(${id}-outer,\${EXTEN},1)`);
      bodies.push(`[${id}-outer]`, `include => ${id}`, ...body(id, did, TO_PHONE));
      return { context: id, extension: did };
    case 'pattern': {
      const pattern = `_${did.slice(0, -1)}[1-46-9]`;
      const better = `_${did.slice(0, -1)}[5]`;
      entries.push(`exten => ${pattern},1,${TO_PHONE}`, ...body('', better, TO_PHONE).slice(1));
      return { context: 'from-pstn-custom', extension: better };
    }
    case 'local':
      entries.push(`exten => ${did},1,Dial(Local/s@${id}/n,30)`, ' same => n,Hangup()');
      bodies.push(...body(id, 's', TO_PHONE));
      return { context: id, extension: 's' };
  }
}
