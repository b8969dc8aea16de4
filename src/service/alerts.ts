/** What a person must hear of who looks at no page: nobody watches the line, it is suspect, the disk fills, nobody calls back, a report is due. */
import type { Config } from '../config/config.ts';
import type { Intake } from '../intake.ts';
import type { Store } from '../storage/store.ts';
import { type AlertChannel, type Alerts, createAlertSender } from '../web/alert-sender.ts';
import { startCallbackWatch } from '../web/callback-watch.ts';
import { startIncidentWatch } from '../web/incident-watch.ts';
import type { LinkBoard } from '../web/link-board.ts';
import type { Log } from '../web/log.ts';
import { createMail } from '../web/mail.ts';
import type { StorageView } from '../web/protocol/recording-desk-view.ts';
import { startUnwatchedAlert } from '../web/unwatched-alert.ts';
import { createWebhook } from '../web/webhook.ts';
import { startStorageAlert } from './storage-alert.ts';

export interface AlertsDeps {
  readonly store: Store;
  readonly intake: Intake;
  readonly links: LinkBoard;
  readonly look: () => Promise<StorageView>;
  readonly timeZone: string;
  readonly now: () => number;
  readonly log: Log;
}

export function startAlerts(
  config: Config['alerts'],
  { links, look, store, intake, timeZone, now: clock, log }: AlertsDeps,
): Pick<Alerts, 'standing' | 'close'> {
  const alerts = createAlertSender({ store, intake, channels: channelsOf(config), clock, log });
  const unwatched = startUnwatchedAlert({ alerts, links, clock, afterMs: config.afterMs });
  const storage = startStorageAlert({ look, alerts, clock, log });
  const callbacks = startCallbackWatch({ store, intake, rule: config.callBack, alerts, clock, log });
  const incidents = startIncidentWatch({ store, alerts, timeZone, clock, log });
  return {
    standing: () => alerts.standing(),
    async close() {
      unwatched.close();
      storage.close();
      await callbacks.close();
      await incidents.close();
      await alerts.close();
    },
  };
}

function channelsOf({ webhook, signingKey, mail }: Config['alerts']): readonly AlertChannel[] {
  return [
    ...(webhook === null
      ? []
      : [createWebhook({ webhook: webhook.reveal(), signingKey: signingKey?.reveal() ?? null })]),
    ...(mail === null ? [] : [createMail({ ...mail, account: accountOf(mail) })]),
  ];
}

function accountOf({ account }: NonNullable<Config['alerts']['mail']>) {
  return account === null ? null : { user: account.user, password: account.password.reveal() };
}
