/** `dutyline doctor`: is everything there, and if not, what to do. */
import type { Config } from '../config/config.ts';
import { checkMachine } from '../service/checks/check-machine.ts';
import { checkPbx } from '../service/checks/check-pbx.ts';
import { type Finding, note } from '../service/checks/finding.ts';
import { findingLines } from './finding-lines.ts';
import { withStore } from './office-store.ts';
import { print } from './terminal.ts';

/** Prints every finding as it is made; resolves to whether nothing is bad. */
export async function runDoctor(config: Config): Promise<boolean> {
  let bads = 0;
  const tell = (findings: readonly Finding[]) => {
    for (const finding of findings) {
      if (finding.kind === 'bad') bads += 1;
      for (const line of findingLines(finding)) print(line);
    }
  };
  tell(await checkMachine(config, (use) => withStore(config, use)));
  if (config.demo !== null) {
    tell([
      note('no PBX is configured: the demonstration runs', 'add pbxs to dutyline.yaml (config/README.md)', [
        '没有配置电话交换机，正在运行演示',
        '在 dutyline.yaml 中填写 pbxs（见 config/README.md）',
      ]),
    ]);
  }
  for (const pbx of config.pbxs) {
    const recordsByAmi =
      config.office?.lines.some((line) => line.pbx === pbx.id && line.recording === 'ami') ?? false;
    tell(await checkPbx(pbx, recordsByAmi));
  }
  print(bads === 0 ? 'All is well.' : `${bads} of these will not work.`);
  return bads === 0;
}
