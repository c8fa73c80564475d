import { approvals } from "./en/approvals.ts";
import { base } from "./en/base.ts";
import { board } from "./en/board.ts";
import { campaigns } from "./en/campaigns.ts";
import { channels } from "./en/channels.ts";
import { company } from "./en/company.ts";
import { control } from "./en/control.ts";
import { disputes } from "./en/disputes.ts";
import { facts } from "./en/facts.ts";
import { home } from "./en/home.ts";
import { imports } from "./en/imports.ts";
import { lifecycle } from "./en/lifecycle.ts";
import { payouts } from "./en/payouts.ts";
import { picture } from "./en/picture.ts";
import { plan } from "./en/plan.ts";
import { runs } from "./en/runs.ts";
import { settings } from "./en/settings.ts";
import { simulate } from "./en/simulate.ts";
import { sources } from "./en/sources.ts";
import { statement } from "./en/statement.ts";
import { targets } from "./en/targets.ts";

/** Every text of the console in English, a file an area. `{name}` is filled in. The other languages have the same keys. */
export const en = {
  ...base,
  ...home,
  ...campaigns,
  ...board,
  ...runs,
  ...approvals,
  ...statement,
  ...plan,
  ...picture,
  ...simulate,
  ...lifecycle,
  ...facts,
  ...sources,
  ...imports,
  ...channels,
  ...company,
  ...targets,
  ...disputes,
  ...payouts,
  ...control,
  ...settings,
} as const;

export type TextKey = keyof typeof en;
