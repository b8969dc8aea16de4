/** 通过 / 不通过 of each step of 接入向导, from what the service says. The same page later is 自检. Pure. */
import type {
  CheckView,
  LineProof,
  ProofView,
  SetupView,
  TrialCallView,
  TrialView,
} from '../../web/protocol/setup-view.ts';

export const STEPS = ['connection', 'dial', 'sound', 'people', 'directory'] as const;
export type Step = (typeof STEPS)[number];

/** `waiting`: nobody can say before something was done or has come. */
export type Verdict = 'pass' | 'fail' | 'waiting';

export interface Known {
  readonly setup: SetupView | null;
  readonly check: CheckView | null;
  readonly trial: TrialView | null;
  readonly proof: ProofView | null;
}

export function verdictOf(step: Step, known: Known): Verdict {
  const { setup, check, trial, proof } = known;
  switch (step) {
    case 'connection':
      if (check === null) return 'waiting';
      return check.groups.some(({ findings }) => findings.some(({ kind }) => kind === 'bad'))
        ? 'fail'
        : 'pass';
    case 'dial': {
      if (setup === null) return 'waiting';
      if (setup.lines.length === 0) return 'fail';
      return setup.lines.every(({ id }) => reached(id, trial, proof)) ? 'pass' : 'waiting';
    }
    case 'sound': {
      if (setup === null || proof === null) return 'waiting';
      const recorded = setup.lines.filter(({ recording }) => recording !== 'none');
      if (recorded.length === 0) return 'fail';
      const verdicts = recorded.map(({ id }) => soundVerdict(proof.lines.find(({ line }) => line === id)));
      return worst(verdicts);
    }
    case 'people':
      return setup === null ? 'waiting' : lacking(setup).length === 0 ? 'pass' : 'fail';
    case 'directory':
      return setup === null ? 'waiting' : setup.contacts > 0 ? 'pass' : 'fail';
  }
}

/** A call has arrived on the line: seen now, or answered within a day. */
function reached(line: string, trial: TrialView | null, proof: ProofView | null): boolean {
  return (
    (trial?.calls.some((call) => call.line === line && call.rang.length > 0) ?? false) ||
    (proof?.lines.some((one) => one.line === line && one.call !== null) ?? false)
  );
}

/** Whether the sound of the latest call is kept, measured and whole. */
export function soundVerdict(proof: LineProof | undefined): Verdict {
  if (proof === undefined || proof.call === null) return 'waiting';
  const { call, sound } = proof;
  if (sound === null) return call.ended && call.talkSeconds > 0 ? 'fail' : 'waiting';
  if (sound.state === 'starting' || sound.state === 'recording') return 'waiting';
  if (sound.state !== 'attached') return 'fail';
  if (sound.sha256 === null || sound.defects === null) return 'waiting';
  return sound.defects.length === 0 ? 'pass' : 'fail';
}

function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.includes('waiting') ? 'waiting' : 'pass';
}

/** What a duty room with a line still needs before anybody can work in it. */
export interface Lacking {
  readonly room: string;
  readonly what: 'person' | 'seat' | 'account';
}

export function lacking({ rooms, lines, people, seats, accounts }: SetupView): readonly Lacking[] {
  return rooms
    .filter(({ id }) => lines.some(({ room }) => room === id))
    .flatMap(({ id, name, unit }): readonly Lacking[] => {
      const hasOne = (entries: readonly { readonly room: string }[]) =>
        entries.some(({ room }) => room === id);
      const hasAccount = accounts.some(
        ({ role, disabled, unit: of }) =>
          of === unit && !disabled && (role === 'officer' || role === 'leader'),
      );
      return [
        ...(hasOne(people) ? [] : [{ room: name, what: 'person' } as const]),
        ...(hasOne(seats) ? [] : [{ room: name, what: 'seat' } as const]),
        ...(hasAccount ? [] : [{ room: name, what: 'account' } as const]),
      ];
    });
}

/** What is wrong with a call of 试拨, the first thing first; null: it arrived as a call of a duty line should. */
export type TrialTrouble = 'unknown-trunk' | 'no-line' | 'nobody-rang';

/** So long a PBX may take until a phone rings. */
const RINGS_WITHIN_MS = 10_000;

export function trialTrouble(call: TrialCallView, at: number): TrialTrouble | null {
  if (!call.knownTrunk) return 'unknown-trunk';
  if (call.line === null) return 'no-line';
  const mustHaveRung = call.endedAt !== null || at - call.arrivedAt > RINGS_WITHIN_MS;
  return call.rang.length === 0 && mustHaveRung ? 'nobody-rang' : null;
}

/** Numbers or endpoints as typed, by blanks or commas, each once. */
export function typedList(text: string): readonly string[] {
  return [...new Set(text.normalize('NFKC').split(/[\s,，、;；]+/))].filter((one) => one !== '');
}

/** A DID as it is printed: area code apart from the number, where it has one. */
export function printedNumber(did: string): string {
  const parts = /^(0(?:10|2\d|[3-9]\d{2}))(\d{7,8})$/.exec(did);
  return parts === null ? did.replace(/[*#]/g, '') : `${parts[1]}-${parts[2]}`;
}
