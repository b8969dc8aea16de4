/**
 * The calls of 演练. Everything in them is invented: persons, numbers, events. Elements bear the names of the 要素条 where the
 * category has one, so that the drill teaches the words of the form.
 */
import type { DrillScript, ScriptedCall } from './script.ts';

const RINGS_FOR_MS = 40_000;
const SENTENCE_MS = 6_000;

const meeting: ScriptedCall = {
  id: 'meeting',
  ringsAtMs: 1_500,
  ringsForMs: RINGS_FOR_MS,
  number: '0954-8880101',
  known: '市政府办公室（演练）王某',
  expects: 'record',
  category: 'meeting',
  speech: said([
    '你好，市政府办公室会议通知，请记录。',
    '明天上午9点，在市行政中心3号楼第2会议室，',
    '召开全市安全生产工作调度会，由赵副市长主持。',
    '请你们单位主要负责同志和安监科负责人参加。',
    '今天下午5点前，把参会名单报到市政府办公室王某，',
    '联系电话 8880101。',
  ]),
  elements: [
    { name: '时间', told: '明天上午9点', found: [['9点'], ['9:00']] },
    { name: '地点', told: '市行政中心3号楼第2会议室', found: [['第2会议室'], ['2会议室'], ['3号楼']] },
    { name: '主题', told: '全市安全生产工作调度会', found: [['安全生产', '会'], ['安全生产调度']] },
    { name: '召集人', told: '赵副市长主持', found: [['赵副市长'], ['赵市长']] },
    {
      name: '参会人',
      told: '主要负责同志和安监科负责人',
      found: [
        ['主要负责', '安监'],
        ['主要领导', '安监'],
        ['一把手', '安监'],
      ],
    },
    {
      name: '报名',
      told: '今天下午5点前报名单到王某，8880101',
      found: [['5点前'], ['17点前'], ['5点', '名单'], ['17点', '名单'], ['5点', '报名'], ['17点', '报名']],
    },
  ],
};

const incident: ScriptedCall = {
  id: 'incident',
  ringsAtMs: 1_500,
  ringsForMs: RINGS_FOR_MS,
  number: '0954-8880202',
  known: '某镇人民政府值班室（演练）',
  expects: 'record',
  category: 'incident',
  speech: said([
    '你好，我是某镇政府值班室李某，副镇长，报告突发情况。',
    '今天下午3点40分，我镇北山村五组发生山体滑坡，',
    '初步判断是连续降雨引起的。',
    '两人受伤，没有人员失联，伤者已经送到镇卫生院。',
    '滑坡体还在缓慢移动，十二户村民有危险。',
    '镇上已经组织三十五名群众转移，派出所封了路，',
    '我们请求县里派地质专家，再支援两台挖掘机。',
    '县应急局和自然资源局已经报了，我的手机 139-0000-0202。',
  ]),
  elements: [
    {
      name: '时间',
      told: '今天下午3点40分',
      found: [['3点40'], ['15点40'], ['3:40'], ['15:40']],
    },
    { name: '地点', told: '北山村五组', found: [['北山村']] },
    { name: '起因', told: '连续降雨引起山体滑坡', found: [['滑坡', '雨']] },
    {
      name: '伤亡',
      told: '两人受伤，没有人员失联',
      found: [['2人受伤'], ['伤2人'], ['受伤2人'], ['2人', '伤']],
    },
    {
      name: '现状',
      told: '滑坡体还在移动，十二户有危险',
      found: [['12户'], ['移动'], ['仍在', '滑'], ['还在', '滑']],
    },
    {
      name: '措施',
      told: '转移三十五名群众，派出所封路',
      found: [['转移'], ['封路'], ['封了路'], ['封控']],
    },
    { name: '诉求', told: '请求地质专家和两台挖掘机', found: [['专家'], ['挖掘机'], ['挖机']] },
    { name: '报告人', told: '某镇副镇长李某，139-0000-0202', found: [['李某'], ['李', '副镇长']] },
    {
      name: '已报告谁',
      told: '县应急局、自然资源局',
      found: [['应急局'], ['应急管理局'], ['自然资源']],
    },
  ],
};

const dutyCheck: ScriptedCall = {
  id: 'duty-check',
  ringsAtMs: 1_500,
  ringsForMs: RINGS_FOR_MS,
  number: '0954-8880303',
  known: '市政府总值班室（演练）',
  expects: 'record',
  category: 'duty-check',
  speech: said([
    '你好，我是市政府总值班室刘某，值班抽查。',
    '请报你的姓名和职务，今天的带班领导是谁，在不在岗？',
    '好的。今晚有大到暴雨，请加强值守，',
    '一旦有险情，三十分钟内电话报告，一小时内书面报告。',
    '请把传达情况在今晚8点前回复我，电话 8880303。',
  ]),
  elements: [
    { name: '来电单位', told: '市政府总值班室刘某', found: [['总值班室']] },
    { name: '抽查', told: '值班抽查：姓名、职务、带班领导是否在岗', found: [['抽查'], ['查岗']] },
    { name: '天气', told: '今晚有大到暴雨', found: [['暴雨'], ['大雨']] },
    { name: '要求', told: '加强值守', found: [['加强值守'], ['加强值班']] },
    {
      name: '报告时限',
      told: '三十分钟内电话报告，一小时内书面报告',
      found: [
        ['30分', '书面'],
        ['半小时', '书面'],
        ['30分', '1小时'],
        ['半小时', '1小时'],
      ],
    },
    {
      name: '回复',
      told: '今晚8点前回复',
      found: [['8点前'], ['20点前'], ['8点', '回复'], ['20点', '回复']],
    },
  ],
};

const misdial: ScriptedCall = {
  id: 'misdial',
  ringsAtMs: 1_500,
  ringsForMs: RINGS_FOR_MS,
  number: '139-0000-0404',
  known: null,
  expects: 'no-record',
  category: null,
  speech: said(['喂，是快递站吗？我来问问我的包裹到了没有。', '哦，打错了？不好意思，不好意思。']),
  elements: [],
};

const urgentSecond: ScriptedCall = {
  ...incident,
  id: 'second',
  ringsAtMs: 14_000,
  number: '139-0000-0505',
  known: null,
  speech: said([
    '值班室吗？我在城关镇南门加油站旁边，',
    '刚才4点10分，一辆货车和一辆面包车撞了，',
    '面包车里有三个人受伤，还有一个人被卡住了。',
    '路已经堵了，交警还没到，你们快叫人来。',
    '我姓马，就用这个电话找我。',
  ]),
  elements: [
    { name: '时间', told: '4点10分', found: [['4点10'], ['16点10'], ['4:10'], ['16:10']] },
    { name: '地点', told: '城关镇南门加油站旁', found: [['南门', '加油站'], ['加油站']] },
    { name: '起因', told: '货车和面包车相撞', found: [['货车', '面包车'], ['撞'], ['车祸'], ['交通事故']] },
    {
      name: '伤亡',
      told: '三人受伤，一人被困',
      found: [
        ['3人', '1人'],
        ['3人', '困'],
        ['3人', '卡'],
        ['3个人', '困'],
        ['3个人', '卡'],
        ['3名', '困'],
        ['3名', '卡'],
        ['伤3', '困'],
        ['伤3', '卡'],
      ],
    },
    { name: '现状', told: '道路堵塞，交警未到', found: [['堵'], ['交警']] },
    { name: '报告人', told: '姓马，139-0000-0505', found: [['姓马'], ['马先生'], ['马某'], ['马女士']] },
  ],
};

/** In the order in which they are offered. */
export const DRILL_SCRIPTS: readonly DrillScript[] = [
  {
    id: 'meeting',
    title: '会议通知',
    about: '记全时间、地点、主题、召集人、参会人和报名要求。',
    calls: [meeting],
  },
  {
    id: 'incident',
    title: '突发信息',
    about: '九个要素一次记全，没有听清的当场问。',
    calls: [incident],
  },
  {
    id: 'duty-check',
    title: '上级抽查',
    about: '报姓名、职务和带班领导，记下传达的要求和时限。',
    calls: [dutyCheck],
  },
  { id: 'misdial', title: '误拨', about: '听明白后选“无需记录”，不占编号。', calls: [misdial] },
  {
    id: 'two',
    title: '两路同时来电',
    about: '正在记会议通知时又来一个急电：先接急的，两份都记。',
    calls: [meeting, urgentSecond],
  },
];

function said(sentences: readonly string[]): ScriptedCall['speech'] {
  return sentences.map((text) => ({ text, forMs: SENTENCE_MS }));
}
