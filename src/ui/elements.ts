/** 要素条: what a message of a category must tell, and how to ask for it. Never blocking. Pure. */
export interface Element {
  readonly name: string;
  readonly ask: string;
}

const INCIDENT: readonly Element[] = [
  { name: '时间', ask: '什么时候发生的' },
  { name: '地点', ask: '在哪个县区、乡镇、村或路段' },
  { name: '起因', ask: '什么原因引起的' },
  { name: '伤亡', ask: '有没有人员伤亡、失联、被困' },
  { name: '现状', ask: '现在是什么情况' },
  { name: '措施', ask: '已经采取了什么措施，谁在现场' },
  { name: '诉求', ask: '需要协调或支援什么' },
  { name: '报告人', ask: '报告人的姓名、职务和电话' },
  { name: '已报告谁', ask: '还报告了哪些领导和单位' },
];

const MEETING: readonly Element[] = [
  { name: '时间', ask: '几月几日几时开' },
  { name: '地点', ask: '在哪里开，是否视频' },
  { name: '主题', ask: '会议名称和议题' },
  { name: '召集人', ask: '谁召集、谁主持' },
  { name: '参会人', ask: '要求谁参加' },
  { name: '报名', ask: '什么时候前、向谁报名' },
];

const ELEMENTS: ReadonlyMap<string, readonly Element[]> = new Map([
  ['incident', INCIDENT],
  ['meeting', MEETING],
]);

/** The elements of a category key; none for categories that need none. */
export function elementsOf(category: string): readonly Element[] {
  return ELEMENTS.get(category) ?? [];
}

/** A text that names an element itself ("地点：…") has it. */
export function namesElement(content: string, element: string): boolean {
  return content.includes(`${element}：`) || content.includes(`${element}:`);
}
