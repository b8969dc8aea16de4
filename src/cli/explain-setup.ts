/** Which line `explain` looks for: told on the command line, or by a configuration folder. */
import { configFolder } from '../config/config-folder.ts';
import { loadConfig, pbxSetups } from '../config/load-config.ts';
import { describeProblems } from '../config/problem.ts';
import type { PbxSetup } from '../lines/duty-line.ts';
import { CommandRefused } from './terminal.ts';

export interface ExplainOptions {
  readonly line?: string;
  /** Comma-separated, like the two below. */
  readonly dids?: string;
  readonly phones?: string;
  readonly trunks?: string;
  readonly config?: string;
}

/** One set-up per PBX a capture may come from. Refuses an empty question and a folder with mistakes in it. */
export function explainSetups(options: ExplainOptions): readonly PbxSetup[] {
  if (options.config !== undefined) return fromConfig(options.config);
  const [dids, phones, trunks] = [list(options.dids), list(options.phones), list(options.trunks)];
  const number = options.line?.trim() ?? dids[0] ?? '';
  if (number === '' && phones.length === 0 && trunks.length === 0) {
    throw new CommandRefused(
      'Say which line: --line, --dids, --phones, --trunks, or --config with a folder.',
    );
  }
  return [
    {
      pbx: 'capture',
      trunks,
      lines: [
        { id: 'line', room: '', number, dids: didsOf(number, dids), trunks: [], phones, recording: 'none' },
      ],
    },
  ];
}

/** Without DIDs the published number is one, and `s`, which is what analogue lines dial. */
function didsOf(number: string, dids: readonly string[]): readonly string[] {
  if (dids.length > 0) return number === '' ? dids : [...dids, number];
  return number === '' ? ['s'] : [number, 's'];
}

function fromConfig(told: string): readonly PbxSetup[] {
  const loaded = loadConfig({ dir: configFolder(told, process.env), env: process.env, secrets: 'unneeded' });
  if (!loaded.ok) throw new CommandRefused(describeProblems(loaded.problems));
  const { office } = loaded.config;
  if (office === null) throw new CommandRefused(`${told}: there is no office.yaml, so no line to look for.`);
  return pbxSetups(loaded.config, office);
}

function list(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
