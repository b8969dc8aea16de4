/**
 * Subroutines that FreePBX 16 (`Macro`) and 17 (`Gosub`) generate, by their names and arguments. What they do inside is computed by AGI
 * scripts and hundreds of variables; their meaning is known, so a walk passes over them: `macro-dial` rings its members,
 * `macro-dialout-trunk` leaves the premises. The music of a ring group stands in the arguments, not in the Dial itself.
 */
import type { DialplanLine } from './setting-suspicion.ts';
import { isKnown, shownText } from './unknown-text.ts';
import { afterwards, tellEarlyAnswer, tellOptions } from './walk-dial.ts';
import { onward, type WalkState } from './walk-state.ts';
import { placeOf, type Walking } from './walking.ts';

export interface RoutineCall {
  readonly context: string;
  readonly extension: string;
  readonly given: readonly string[];
  readonly line: DialplanLine;
}

type Routine = (walking: Walking, state: WalkState, call: RoutineCall) => readonly WalkState[];

/** Every FreePBX has it, and nothing else that we know. */
const SIGN_OF_FREEPBX = 'macro-user-callerid';
/** Or the script that finds the members of a group. */
const GROUP_SCRIPT = /\bdialparties\.agi\b/;

/** What follows such a call; null when it is none of FreePBX's, and has to be walked. */
export function freepbxRoutine(
  walking: Walking,
  state: WalkState,
  call: RoutineCall,
): readonly WalkState[] | null {
  const routine = routineOf(call.context);
  if (routine === null) return null;
  return isFreepbx(walking, call.context) ? routine(walking, state, call) : null;
}

function isFreepbx(walking: Walking, context: string): boolean {
  const { contexts } = walking.knowledge;
  for (const name of [SIGN_OF_FREEPBX, context]) if (!contexts.has(name)) walking.want('contexts', name);
  const steps = contexts.get(context)?.extensions.flatMap((extension) => extension.steps) ?? [];
  return contexts.get(SIGN_OF_FREEPBX) != null || steps.some(({ appData }) => GROUP_SCRIPT.test(appData));
}

/** They set names and recordings, turn blacklisted callers away, and come back. */
const WITHOUT_EFFECT =
  /^(app-blacklist-check|macro-(user-callerid|blkvm-.*|prepend-cid|outbound-callerid|one-touch-record|setmusic)|sub-(record-check|record-cancel|.*-cancel)|func-.*)$/;
const ENDS = /^macro-(vm|hangupcall|outisbusy)$/;
const OUTSIDE = /^macro-dialout-(trunk|dundi|enum)$/;

function routineOf(context: string): Routine | null {
  if (context === 'macro-dial' || context === 'macro-dial-confirm') return ringGroup;
  if (context === 'macro-exten-vm') return extensionWithVoicemail;
  if (context === 'macro-dial-one') return oneExtension;
  if (context === 'followme-sub') return followMe;
  if (OUTSIDE.test(context)) return outside;
  if (ENDS.test(context)) return () => [];
  return WITHOUT_EFFECT.test(context) ? (_walking, state) => [onward(state)] : null;
}

/** (seconds, options, members joined by `-`): `1001` an extension, `13900001111#` somebody outside. */
function ringGroup(walking: Walking, state: WalkState, { given, line }: RoutineCall): readonly WalkState[] {
  const [, options = '', members = ''] = given;
  tellOptions(walking, state, line, options);
  tellEarlyAnswer(walking, state);
  if (!isKnown(members)) walking.gap('run-time-target', line);
  const rung = members.split('-').map((member) => {
    if (!member.endsWith('#')) return ringExtension(walking, member);
    walking.suspect('member-outside', state, placeOf(state, line), {
      target: shownText(member.slice(0, -1)),
    });
    return false;
  });
  return afterwards(state, rung.includes(true) || !isKnown(members));
}

/** (mailbox or `novm`, extension, …): rings the extension as every extension is rung, by the global DIAL_OPTIONS. */
function extensionWithVoicemail(
  walking: Walking,
  state: WalkState,
  { given, line }: RoutineCall,
): readonly WalkState[] {
  tellOptions(walking, state, line, walking.values(state).variable('DIAL_OPTIONS') ?? '');
  return ringing(walking, state, given[1] ?? '', line);
}

/** (seconds, options, extension). */
function oneExtension(
  walking: Walking,
  state: WalkState,
  { given, line }: RoutineCall,
): readonly WalkState[] {
  tellOptions(walking, state, line, given[1] ?? '');
  return ringing(walking, state, given[2] ?? '', line);
}

/** Rings by what AstDB says (`call-forward-settings.ts`). */
function followMe(
  walking: Walking,
  state: WalkState,
  { extension, line }: RoutineCall,
): readonly WalkState[] {
  return ringing(walking, state, extension, line);
}

function ringing(
  walking: Walking,
  state: WalkState,
  extension: string,
  line: DialplanLine,
): readonly WalkState[] {
  tellEarlyAnswer(walking, state);
  if (!isKnown(extension)) walking.gap('run-time-target', line);
  return afterwards(state, !isKnown(extension) || ringExtension(walking, extension));
}

/** An extension's device has its number as a rule; which technology it has does not matter here. */
function ringExtension(walking: Walking, extension: string): boolean {
  if (!/^\w{1,40}$/.test(extension)) return false;
  walking.reach(`PJSIP/${extension}`);
  return ['PJSIP', 'SIP', 'IAX2'].some((technology) =>
    walking.question.isDutyPhone(`${technology}/${extension}`),
  );
}

/** (trunk, number, …). */
function outside(walking: Walking, state: WalkState, { given, line }: RoutineCall): readonly WalkState[] {
  walking.suspect('dialled-outside', state, placeOf(state, line), { target: shownText(given[1] ?? '') });
  tellEarlyAnswer(walking, state);
  return afterwards(state, false);
}
