import type { TextKey } from "./en.ts";
import { approvals } from "./zh/approvals.ts";
import { base } from "./zh/base.ts";
import { board } from "./zh/board.ts";
import { campaigns } from "./zh/campaigns.ts";
import { channels } from "./zh/channels.ts";
import { company } from "./zh/company.ts";
import { control } from "./zh/control.ts";
import { disputes } from "./zh/disputes.ts";
import { facts } from "./zh/facts.ts";
import { home } from "./zh/home.ts";
import { imports } from "./zh/imports.ts";
import { lifecycle } from "./zh/lifecycle.ts";
import { payouts } from "./zh/payouts.ts";
import { picture } from "./zh/picture.ts";
import { plan } from "./zh/plan.ts";
import { runs } from "./zh/runs.ts";
import { settings } from "./zh/settings.ts";
import { simulate } from "./zh/simulate.ts";
import { sources } from "./zh/sources.ts";
import { statement } from "./zh/statement.ts";
import { targets } from "./zh/targets.ts";

export const zh: Readonly<Record<TextKey, string>> = {
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
};
