/** What stands between us and each PBX: lost, or seen only in part; a clock that is off; forged packets put aside. */
import type { ReactElement } from 'react';
import type { LinkView } from '../web/protocol/room-view.ts';
import { Bar, type BarAction } from './bar.tsx';
import { listMoment } from './format.ts';
import { words } from './words.ts';

const OFFSET_SHOWN_MS = 2_000;
/** Whoever hears no calls records none: as bad as no connection. */
const NO_CALLS = 'ami-no-call-events';

export function LinkBars(props: {
  readonly links: readonly LinkView[];
  readonly now: number;
  readonly silence: BarAction | null;
}): ReactElement {
  const { links, now } = props;
  const lost = links.filter((link) => link.state === 'down');
  const rest = links.filter((link) => link.state !== 'down');
  return (
    <>
      {[...lost, ...rest].map((link, index) => (
        <BarsOf
          key={link.pbx}
          link={link}
          // Which one it is need not be said where there is only one.
          name={links.length > 1 ? link.name : ''}
          now={now}
          // One bell rings for all.
          silence={index === 0 ? props.silence : null}
        />
      ))}
    </>
  );
}

function BarsOf(props: {
  readonly link: LinkView;
  readonly name: string;
  readonly now: number;
  readonly silence: BarAction | null;
}): ReactElement {
  const { link, name } = props;
  const deaf = link.reason?.code === NO_CALLS;
  const lost = link.state === 'down' && (
    <Bar tone="red" action={props.silence}>
      {(deaf ? words.bars.pbxDeaf : words.bars.pbxDown)(
        name,
        listMoment(link.since, props.now),
        link.reason?.zh ?? '',
      )}
    </Bar>
  );
  // Without a connection there is nothing else to tell.
  if (lost !== false && !deaf) return lost;
  const offset = Math.abs(link.offsetMs ?? 0);
  return (
    <>
      {lost}
      {link.limits
        .filter(({ code }) => code !== NO_CALLS)
        .map(({ zh }) => (
          <Bar key={zh} tone="amber">
            {words.bars.limited(name, zh)}
          </Bar>
        ))}
      {offset > OFFSET_SHOWN_MS && (
        <Bar tone="amber">{words.bars.clockOff(name, (offset / 1000).toFixed(1))}</Bar>
      )}
      {link.quarantined > 0 && <Bar tone="amber">{words.bars.quarantined(name, link.quarantined)}</Bar>}
    </>
  );
}
