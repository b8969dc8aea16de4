/** 拨测 by which trunk? One with a 主叫彩铃 of its own would make every line suspect. */
import type { Config, ProbeTrunk } from '../../config/config.ts';
import { OWN_TONE_LOOKS_BACK_MS, type OwnTone, ownToneOf } from '../../diagnosis/callers-own-tone.ts';
import type { Store } from '../../storage/store.ts';
import { type Finding, good, note } from './finding.ts';

/** A line for each trunk that probes leave by; none where nothing is probed. `now` in ms UTC. */
export async function checkProbeTrunks(
  { probe }: Pick<Config, 'probe'>,
  store: Pick<Store, 'heardByTrunks'>,
  now: number,
): Promise<readonly Finding[]> {
  if (probe === null) return [];
  const heard = await store.heardByTrunks(now - OWN_TONE_LOOKS_BACK_MS);
  return probe.trunks.map((trunk) => findingOf(trunk, ownToneOf(trunk, heard)));
}

function findingOf({ trunk }: ProbeTrunk, { state }: OwnTone): Finding {
  switch (state) {
    case 'none':
      return good(
        `${trunk}: probes by it hear standard ringback, so it has no tone of its own`,
        `拨测外线 ${trunk} 能听到标准回铃音，没有主叫彩铃`,
      );
    case 'suspect':
      return note(
        `${trunk}: probes by it hear music or speech at several numbers and no ringback`,
        'call out by it from a telephone; if it plays a tone of its own (主叫彩铃), have the carrier take it off, and do not trust what its probes heard',
        [
          `拨测外线 ${trunk} 打几个号码都只听到音乐或语音，疑似设有主叫彩铃`,
          '请用这条外线拨打确无彩铃的电话核对；如有主叫彩铃，请运营商取消，此前听到的彩铃结果不作数',
        ],
      );
    case 'unknown':
      return note(
        `${trunk}: no probe by it has heard a standard ringback in the last 30 days`,
        'dutyline probe NUMBER --via TRUNK to a number that surely only rings shows whether it has a tone of its own (主叫彩铃)',
        [
          `拨测外线 ${trunk} 近 30 天没有听到标准回铃音，还没有证明它没有主叫彩铃`,
          '请用它拨测一个确无彩铃的电话：dutyline probe 号码 --via 外线',
        ],
      );
  }
}
