/** `dutyline doctor`: is everything there, and if not, what to do. */
import type { Config } from '../config/config.ts';
import { checkMachine } from './check-machine.ts';
import { checkPbx } from './check-pbx.ts';
import { type Finding, findingLines, note } from './finding.ts';
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
  tell(await checkMachine(config));
  if (config.demo !== null) {
    tell([
      note('no PBX is configured: the demonstration runs', 'add pbxs to dutyline.yaml (config/README.md)'),
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
