import { httpsPost } from "#adapters/notify/https-post.ts";
import { messengersOf } from "#adapters/notify/messengers.ts";
import { awsSecrets } from "#adapters/system/aws-secrets.ts";
import { systemClock } from "#adapters/system/clock.ts";
import type { NotifyDeps, Variables } from "./deps.ts";
import { given, readEnvironment } from "./environment.ts";
import { approvalsOf, disputesOf, ledgerOf } from "./ledger-parts.ts";
import { outboxOf } from "./outbox-parts.ts";
import { deliveriesOf, derivedOf, filesOf, plansOf } from "./parts.ts";

/** What the notifier uses: it reads nearly everything, and writes only what it tells. */
export function notifyDepsFromEnvironment(variables: Variables): NotifyDeps {
  const environment = readEnvironment(variables);
  return {
    plans: plansOf(environment),
    ledger: ledgerOf(environment),
    approvals: approvalsOf(environment),
    disputes: disputesOf(environment),
    derived: derivedOf(environment),
    files: filesOf(environment),
    deliveries: deliveriesOf(environment),
    outbox: outboxOf(environment),
    messengers: messengersOf({
      secrets: awsSecrets(given(environment, "LAUREL_CHANNEL_SECRETS_PREFIX")),
      post: httpsPost(),
      clock: systemClock,
      mailFrom: environment.LAUREL_MAIL_FROM,
      eventBus: environment.LAUREL_EVENT_BUS,
    }),
    clock: systemClock,
  };
}
