/**
 * Audits the settings of one duty line, without placing a call: the dialplan from its DIDs on, forwarding in AstDB, its queues, its
 * phones. Reads on demand only what the walk asks for, and walks again until it asks for nothing more.
 */
import { extensionOf, settingKeys, settingSuspicions } from '../diagnosis/call-forward-settings.ts';
import type { AuditGap, LineAudit } from '../diagnosis/line-audit.ts';
import { type SettingSuspicion, TOPIC_OF_RULE } from '../diagnosis/setting-suspicion.ts';
import { gapSentence } from '../diagnosis/setting-words.ts';
import { type Walk, walkDialplan } from '../diagnosis/walk-dialplan.ts';
import type { WalkQuestion } from '../diagnosis/walking.ts';
import type { DutyLine, PbxSetup } from '../lines/duty-line.ts';
import { createLineMatch } from '../lines/line-match.ts';
import { createSettingsReading, type SettingsReaders, type SettingsReading } from './settings-reading.ts';

export interface AuditedLine {
  readonly line: DutyLine;
  readonly setup: PbxSetup;
  /** Contexts in which its calls arrive; empty: asked of the PBX, by its trunks. */
  readonly contexts: readonly string[];
  /** Sound files of its approved 录音告知语. */
  readonly approvedSounds: readonly string[];
}

/** A way into the dialplan opens at most so many rounds of questions; FreePBX's takes about ten. */
const MOST_ROUNDS = 60;
/** What is not known yet may make a maze of a plan; one that stays one is not walked again and again. */
const MOST_MAZES = 4;
/** Where trunks arrive when the PBX does not say: FreePBX's own, and the analogue one. */
const USUAL_CONTEXTS = ['from-pstn', 'from-trunk', 'from-analog'];

/** Never rejects: what could not be read is told in `unreadable`. */
export async function auditLine(audited: AuditedLine, readers: SettingsReaders): Promise<LineAudit> {
  const reading = createSettingsReading(readers);
  const { line } = audited;
  const entries = await entriesOf(audited, readers, reading);
  const question = questionOf(audited, entries);
  const walk = await walkAndRead(question, reading);
  const phones = onePerExtension([...line.phones, ...walk.reached]);
  await reading.readAll('database', [...phones.keys()].flatMap(settingKeys));
  const own = line.phones.flatMap((phone) => extensionOf(phone) ?? []);
  const states = await statesOf(line.phones, readers, reading);
  return {
    suspicions: [
      ...walk.suspicions,
      ...[...phones.values()].flatMap((phone) =>
        // That a phone beside the line's own is not to be disturbed is its own business.
        settingSuspicions(phone, reading.known.database, own).filter(
          ({ rule }) => rule !== 'do-not-disturb' || line.phones.includes(phone),
        ),
      ),
      ...states.suspicions,
    ],
    unreadable: [...reading.gaps(), ...gapsOfWalk(walk, entries, audited, reading.gaps())],
    looked: {
      entries,
      contexts: [...reading.known.contexts.values()].filter((context) => context !== null).length,
      steps: walk.steps,
      keys: reading.known.database.size,
      phones: states.phones,
    },
  };
}

/** The first of the phones with each extension: FreePBX's subroutines tell only the extension. */
function onePerExtension(phones: readonly string[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const phone of phones) {
    const extension = extensionOf(phone);
    if (extension !== null && !first.has(extension)) first.set(extension, phone);
  }
  return first;
}

function questionOf(
  { line, setup, approvedSounds }: AuditedLine,
  entries: WalkQuestion['entries'],
): WalkQuestion {
  const { isTrunk } = createLineMatch(setup);
  return {
    entries,
    approvedSounds,
    isDutyPhone: (endpoint) => line.phones.length === 0 || line.phones.includes(endpoint),
    // A trunk may be known by the pattern of its channels: `DAHDI/1-*`.
    isTrunk: (endpoint) => isTrunk(endpoint) || isTrunk(`${endpoint}-1`),
  };
}

/** Each context in which the line's trunks arrive, with each of its DIDs; `s` is what analogue lines dial. */
async function entriesOf(
  { line, setup, contexts }: AuditedLine,
  readers: SettingsReaders,
  reading: SettingsReading,
): Promise<WalkQuestion['entries']> {
  const names = new Set(contexts);
  if (contexts.length === 0) {
    for (const trunk of line.trunks.length > 0 ? line.trunks : setup.trunks) {
      // A pattern of channels is no endpoint.
      if (trunk.includes('*')) continue;
      const answer = await readers.endpointContext(trunk);
      if (!answer.ok) reading.failed('connection', answer.trouble);
      else if (answer.value !== null) names.add(answer.value);
    }
  }
  if (names.size === 0) for (const name of USUAL_CONTEXTS) names.add(name);
  const dids = line.dids.length > 0 ? line.dids : ['s'];
  const all = [...names].flatMap((context) => dids.map((extension) => ({ context, extension })));
  await reading.readAll('contexts', [...names]);
  const there = all.filter(({ context }) => reading.known.contexts.get(context) != null);
  return there.length > 0 ? there : all;
}

async function walkAndRead(question: WalkQuestion, reading: SettingsReading): Promise<Walk> {
  let walk = walkDialplan(question, reading.known);
  let mazes = 0;
  for (let round = 0; round < MOST_ROUNDS && mazes < MOST_MAZES; round += 1) {
    if (walk.bounded) mazes += 1;
    const wanted = Object.entries(walk.wants) as [keyof Walk['wants'], readonly string[]][];
    if (wanted.every(([, names]) => names.length === 0)) return walk;
    for (const [what, names] of wanted) await reading.readAll(what, names);
    walk = walkDialplan(question, reading.known);
  }
  return { ...walk, bounded: true };
}

async function statesOf(
  phones: readonly string[],
  readers: SettingsReaders,
  reading: SettingsReading,
): Promise<{
  readonly phones: LineAudit['looked']['phones'];
  readonly suspicions: readonly SettingSuspicion[];
}> {
  const states: { readonly endpoint: string; readonly state: string | null }[] = [];
  for (const endpoint of phones) {
    const answer = await readers.deviceState(endpoint);
    if (!answer.ok) reading.failed('phones', answer.trouble);
    states.push({ endpoint, state: answer.ok ? answer.value : null });
  }
  const gone = states.filter(({ state }) => state === 'UNAVAILABLE' || state === 'INVALID');
  return {
    phones: states,
    suspicions: gone.map(({ endpoint, state }) => ({
      rule: 'phone-unreachable',
      scope: 'always',
      target: null,
      sound: null,
      place: { kind: 'phone', endpoint, state: state ?? '' },
    })),
  };
}

function gapsOfWalk(
  walk: Walk,
  entries: WalkQuestion['entries'],
  { line }: AuditedLine,
  unread: readonly AuditGap[],
): readonly AuditGap[] {
  // Of a dialplan that was not read nothing more can be said.
  if (unread.some(({ what }) => what === 'dialplan')) return [];
  const gaps: AuditGap[] = walk.gaps.map((gap) => ({ what: 'walk', blocks: false, ...gapSentence(gap) }));
  if (walk.bounded) gaps.push(MAZE);
  if (walk.dead.length === entries.length) {
    const where = entries.map(({ context, extension }) => `[${context}] ${extension}`).join(', ');
    gaps.push({
      ...{ what: 'entry', blocks: true },
      zh: `拨号方案中找不到本线路的来电入口：${where}`,
      en: `the dialplan has no way in for this line: ${where}`,
    });
  } else if (!walk.rings && line.phones.length > 0 && !walk.suspicions.some(leadsElsewhere)) {
    gaps.push({
      ...{ what: 'walk', blocks: false },
      zh: '沿拨号方案没有走到本线路的任何一部话机',
      en: 'no way through the dialplan comes to a phone of this line',
    });
  }
  return gaps;
}

function leadsElsewhere({ rule }: SettingSuspicion): boolean {
  return TOPIC_OF_RULE[rule] === 'forwarding';
}

const MAZE: AuditGap = {
  ...{ what: 'walk', blocks: true },
  zh: '拨号方案循环或过于复杂，没有走完',
  en: 'the dialplan goes in circles or is too large to be walked to its end',
};
