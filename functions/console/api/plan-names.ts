import { nameIn, useLanguage } from "../i18n/language.ts";
import type { Answer } from "./client.ts";
import { useAnswer, useCaller } from "./hooks.ts";

export type Plan = Answer<"getVersion">["plan"];
export type About = Answer<"getCampaignAbout">;

/** What a campaign and its parts are called: by the plan in force, or, for who may not read it, by what it says about itself. */
export interface PlanWords {
  readonly name: string;
  /** Of those who may read it. */
  readonly plan: Plan | undefined;
  readonly zone: string | undefined;
  readonly currency: string | undefined;
  readonly period: About["period"] | undefined;
  readonly state: Answer<"getCampaign">["state"] | undefined;
  readonly campaign: Answer<"getCampaign"> | undefined;
  readonly error: Error | null;
  readonly reward: (id: string) => string;
  readonly measure: (id: string) => string;
  readonly label: (id: string) => string;
}

export function usePlanWords(campaign: string): PlanWords {
  const { may } = useCaller();
  const { language } = useLanguage();
  const readsPlans = may("getCampaign") && may("getVersion");
  const read = useAnswer("getCampaign", { params: { campaign } }, { enabled: readsPlans });
  const version = read.data?.activeVersion;
  const active = useAnswer(
    "getVersion",
    { params: { campaign, version: version ?? 1 } },
    { enabled: readsPlans && version !== undefined },
  );
  const about = useAnswer(
    "getCampaignAbout",
    { params: { campaign } },
    { enabled: !readsPlans && may("getCampaignAbout") },
  );
  const plan = active.data?.plan ?? read.data?.draft;
  const known = plan ?? about.data;
  const named = (items: readonly { readonly id: string; readonly name?: unknown }[] | undefined) => (id: string) =>
    nameIn(language, items?.find((item) => item.id === id)?.name, spoken(id));
  return {
    name: nameIn(language, known?.name, spoken(campaign)),
    plan,
    zone: known?.period.zone,
    currency: known?.currency,
    period: known?.period,
    state: read.data?.state ?? about.data?.state,
    campaign: read.data,
    error: read.error ?? about.error,
    reward: named(known?.rewards),
    measure: named(known?.measures),
    label: (id) => nameIn(language, known?.names?.[id], spoken(id)),
  };
}

/** `speed-award` → `Speed award`, where no name is known. */
export function spoken(id: string): string {
  const words = id.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
