import { describe, expect, it } from 'vitest';
import {
  lacking,
  printedNumber,
  soundVerdict,
  trialTrouble,
  typedList,
  verdictOf,
} from '../../src/ui/setup/steps.ts';
import type {
  CheckView,
  LineProof,
  SetupView,
  SoundProof,
  TrialCallView,
} from '../../src/web/protocol/setup-view.ts';

const SETUP: SetupView = {
  at: 0,
  demo: false,
  pbxs: [{ id: 'main', name: '交换机', trunks: ['PJSIP/telco'], recordings: ['ami', 'none'] }],
  units: [{ id: 'unit', name: '办公室', parent: null }],
  rooms: [{ id: 'room', name: '值班室', unit: 'unit', formTitle: '办公室电话记录单' }],
  lines: [
    {
      id: 'line',
      room: 'room',
      pbx: 'main',
      number: '0954-2030001',
      dids: ['2030001'],
      trunks: [],
      phones: ['PJSIP/1001'],
      recording: 'ami',
    },
  ],
  seats: [{ id: 'seat', room: 'room', name: '一号', phone: null }],
  people: [{ id: 'p', room: 'room', name: '张三', title: null, phone: null }],
  accounts: [
    { id: 'a', login: 'zhang', name: '张三', role: 'officer', unit: 'unit', person: 'p', disabled: false },
  ],
  contacts: 3,
};

const CALL: TrialCallView = {
  id: 'main 1',
  pbx: 'main',
  arrivedAt: 0,
  caller: '139****1111',
  tampered: false,
  did: '2030001',
  trunk: 'PJSIP/telco',
  knownTrunk: true,
  rang: ['PJSIP/1001'],
  answeredBy: null,
  endedAt: null,
  line: 'line',
};

const SOUND: SoundProof = {
  state: 'attached',
  seconds: 4,
  bytes: 64_000,
  sha256: 'ab',
  sides: [],
  defects: [],
  heardAt: null,
};
const proof = (sound: SoundProof | null, ended = true): LineProof => ({
  line: 'line',
  call: { id: 'c', startedAt: 0, talkSeconds: ended ? 4 : 0, ended },
  sound,
});
const known = { setup: SETUP, check: null, trial: null, proof: null };

describe('the steps of 接入向导', () => {
  it('连接: fails by one bad finding, passes with notes', () => {
    const check = (kinds: readonly ('good' | 'note' | 'bad')[]): CheckView => ({
      at: 0,
      groups: [{ pbx: 'main', findings: kinds.map((kind) => ({ kind, what: '', advice: null })) }],
    });
    expect(verdictOf('connection', known)).toBe('waiting');
    expect(verdictOf('connection', { ...known, check: check(['good', 'note']) })).toBe('pass');
    expect(verdictOf('connection', { ...known, check: check(['good', 'bad']) })).toBe('fail');
  });

  it('拨打: fails without a line, waits for a call, passes when one rang or was answered', () => {
    const trial = (calls: readonly TrialCallView[]) => ({ at: 0, until: 1, calls });
    expect(verdictOf('dial', { ...known, setup: { ...SETUP, lines: [] } })).toBe('fail');
    expect(verdictOf('dial', known)).toBe('waiting');
    expect(verdictOf('dial', { ...known, trial: trial([{ ...CALL, rang: [] }]) })).toBe('waiting');
    expect(verdictOf('dial', { ...known, trial: trial([CALL]) })).toBe('pass');
    expect(verdictOf('dial', { ...known, proof: { at: 0, lines: [proof(null)] } })).toBe('pass');
  });

  it.each([
    ['no call yet', { line: 'line', call: null, sound: null }, 'waiting'],
    ['a call that lasts', proof(null, false), 'waiting'],
    ['a talk without a file', proof(null), 'fail'],
    ['sound that grows', proof({ ...SOUND, state: 'recording' }), 'waiting'],
    ['a file nobody found', proof({ ...SOUND, state: 'missing' }), 'fail'],
    ['sound not yet measured', proof({ ...SOUND, defects: null }), 'waiting'],
    ['whole sound', proof(SOUND), 'pass'],
    [
      'one side without sound',
      proof({ ...SOUND, defects: [{ kind: 'one-side-silent', side: 'room' }] }),
      'fail',
    ],
  ] as const)('录音: %s', (_what, given, verdict) => {
    expect(soundVerdict(given)).toBe(verdict);
    expect(verdictOf('sound', { ...known, proof: { at: 0, lines: [given] } })).toBe(verdict);
  });

  it('人员、坐席: names what each room with a line lacks', () => {
    expect(verdictOf('people', known)).toBe('pass');
    const bare = {
      ...SETUP,
      people: [],
      seats: [],
      accounts: SETUP.accounts.map((one) => ({ ...one, disabled: true })),
    };
    expect(lacking(bare).map(({ what }) => what)).toEqual(['person', 'seat', 'account']);
    expect(verdictOf('people', { ...known, setup: bare })).toBe('fail');
    const spare = {
      ...SETUP,
      rooms: [...SETUP.rooms, { id: 'other', name: '没有电话的值班室', unit: 'unit', formTitle: '记录单' }],
    };
    expect(lacking(spare)).toEqual([]);
  });

  it('通讯录: passes with an entry', () => {
    expect(verdictOf('directory', known)).toBe('pass');
    expect(verdictOf('directory', { ...known, setup: { ...SETUP, contacts: 0 } })).toBe('fail');
  });
});

describe('a call of 试拨', () => {
  it.each([
    [{ knownTrunk: false, line: null }, 0, 'unknown-trunk'],
    [{ line: null }, 0, 'no-line'],
    [{ rang: [] }, 5_000, null],
    [{ rang: [] }, 11_000, 'nobody-rang'],
    [{ rang: [], endedAt: 1 }, 5_000, 'nobody-rang'],
    [{}, 11_000, null],
  ])('%j after %i ms: %s', (given, at, trouble) => {
    expect(trialTrouble({ ...CALL, ...given }, at)).toBe(trouble);
  });
});

it('lists are typed with any separator, each entry once', () => {
  expect(typedList('2030001，2030002 2030001、2030003;')).toEqual(['2030001', '2030002', '2030003']);
  expect(typedList('  ')).toEqual([]);
});

it.each([
  ['09542030001', '0954-2030001'],
  ['01088886666', '010-88886666'],
  ['2030001', '2030001'],
  ['13900001111', '13900001111'],
])('the DID %s is printed as %s', (did, printed) => {
  expect(printedNumber(did)).toBe(printed);
});
