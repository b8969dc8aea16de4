/**
 * What a finding rests on, as sentences of the office, and what stands folded under 技术信息. Pure. Numbers, files and phones
 * are what a PBX or a caller said: each stands in isolates, so that it cannot turn the words beside it.
 */
import { networkWords } from '../../diagnosis/network-words.ts';
import type {
  DialplanStep,
  Evidence,
  PassedOn,
  PhoneSetting,
  ProbeHeard,
  SuspicionKind,
} from '../../diagnosis/suspicion.ts';
import type { ProbeResultView } from '../../web/protocol/probe-view.ts';
import { isolated, rawNumber } from '../bidi.ts';
import { grouped, playMoment } from '../format.ts';
import { evidenceWords as say } from './evidence-words.ts';

export type Technical = readonly (readonly [label: string, value: string])[];

export interface SaidEvidence {
  readonly sentences: readonly string[];
  /** As it came, for the technician; empty: nothing more is known. */
  readonly technical: Technical;
}

/** `ending`: how the probe ended it rests on, where that is known. */
export function saidEvidence(
  kind: SuspicionKind,
  evidence: Evidence,
  ending: ProbeResultView['ending'] | null = null,
): SaidEvidence {
  switch (evidence.by) {
    case 'call':
      return ofCall(kind, evidence);
    case 'code': {
      const { change, target, dialled } = evidence;
      const phone = isolated(evidence.phone);
      const sentence = change === 'set' ? say.said.codeSet(phone) : say.said.codeRemoved(phone);
      return {
        sentences: target === null ? [sentence] : [sentence, say.said.codeTarget(shownNumber(target))],
        technical: [[say.technical.dialled, dialled]],
      };
    }
    case 'setting':
      return ofSetting(kind, evidence);
    case 'dialplan':
      return {
        sentences: [kind === 'dialplan-trunk' ? say.said.dialplanTrunk : say.said.dialplanSound],
        technical: ofPlace(evidence),
      };
    case 'probe':
      return {
        sentences: [...ofProbe(kind, evidence, ending), ...saidOfNetwork(evidence.passedOn ?? null)],
        technical: [[say.technical.probe, evidence.probe]],
      };
  }
}

function ofCall(kind: SuspicionKind, evidence: Extract<Evidence, { by: 'call' }>): SaidEvidence {
  switch (evidence.what) {
    case 'left': {
      const { to, trunk, target, way } = evidence;
      return {
        sentences: [say.said.left(shownNumber(to), say.targets[target], say.ways[way])],
        technical: [
          [say.technical.trunk, trunk],
          [say.technical.dialled, to],
        ],
      };
    }
    case 'answered-elsewhere':
      return only(say.said.elsewhere(isolated(evidence.endpoint)));
    case 'diverted':
      return only(say.said.diverted(shownNumber(evidence.from)));
    case 'sound': {
      const { sound } = evidence;
      return only(soundOf(kind), ...(sound === null ? [] : [say.said.file(isolated(sound))]));
    }
    case 'rang': {
      const { answered } = evidence;
      const seconds = Math.round(evidence.seconds);
      return only(answered ? say.said.rangAnswered(seconds) : say.said.rangOn(seconds));
    }
    case 'unreachable': {
      const phones = evidence.phones.map(isolated).join('、');
      return only(say.said.unreachable, ...(phones === '' ? [] : [say.said.phones(phones)]));
    }
  }
}

function soundOf(kind: SuspicionKind): string {
  if (kind === 'answered-early') return say.said.early;
  return kind === 'music-before-answer' ? say.said.music : say.said.announcement;
}

function ofSetting(kind: SuspicionKind, evidence: PhoneSetting): SaidEvidence {
  const { key, value, target } = evidence;
  const phone = isolated(evidence.phone);
  const kept = [[say.technical.key, `${key} = ${value}`]] as const;
  switch (kind) {
    case 'phone-unreachable':
      return key.startsWith('DND/')
        ? { sentences: [say.said.doNotDisturb(phone)], technical: kept }
        : { sentences: [say.said.phoneAway(phone)], technical: [[say.technical.phoneState, value]] };
    case 'dialplan-sound':
      return { sentences: [say.said.phoneSound(phone), say.said.file(isolated(value))], technical: kept };
    default: {
      const to = [shownNumber(evidence.to ?? value), say.targets[target]] as const;
      const sentences = key.includes('/followme/')
        ? [say.said.followMe(phone), say.said.followMeTo(...to)]
        : [say.said.setting(phone), say.said.settingTo(...to)];
      return { sentences, technical: kept };
    }
  }
}

function ofProbe(
  kind: SuspicionKind,
  { heard, arrived, stretch }: ProbeHeard,
  ending: ProbeResultView['ending'] | null,
): readonly string[] {
  const what = heard === null ? null : heardWord(heard);
  const where = stretch === null ? [] : [say.said.stretch(playMoment(stretch.from), playMoment(stretch.to))];
  switch (kind) {
    case 'probe-not-arrived':
      // 无应答: it came in, and went on.
      if (arrived === true) return [say.said.probeElsewhere];
      return [(ending ?? heard) === 'answered' ? say.said.probeNotArrived : say.said.probeNotArrivedRang];
    case 'probe-passed-on':
      return [];
    case 'sounds-forwarded':
      return [say.said.probeForwarded(what ?? say.heard.unclear), ...where];
    default:
      return [say.said.probeHeard(what ?? say.heard.unclear), ...where];
  }
}

/** What the network itself said of where the probe went. */
export function saidOfNetwork(passedOn: PassedOn | null): readonly string[] {
  return networkWords(passedOn, shownNumber);
}

/** The ear's own word, in the office's. */
function heardWord(heard: string): string {
  const verdict = Object.entries(say.heard).find(([name]) => name === heard)?.[1];
  return verdict ?? say.classes[heard] ?? isolated(heard);
}

function ofPlace(place: DialplanStep): Technical {
  const { context, extension, priority, application, data, path } = place;
  return [
    [say.technical.context, context],
    [say.technical.extension, extension],
    [say.technical.priority, priority],
    [say.technical.application, application],
    [say.technical.data, data],
    ...(path.length === 0 ? [] : [[say.technical.path, path.join(' → ')] as const]),
  ];
}

function only(...sentences: readonly string[]): SaidEvidence {
  return { sentences, technical: [] };
}

/** A number of the network's or a caller's, grouped, in isolates. */
export function shownNumber(text: string): string {
  return isolated(grouped(rawNumber(text)));
}
