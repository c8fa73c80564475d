import { nameIn, useLanguage } from "../i18n/language.ts";
import type { Answer } from "./client.ts";
import { useAnswer, useCaller } from "./hooks.ts";

export type Plan = Answer<"getVersion">["plan"];

/** What the plan in force says of a campaign; of those who may not read it what can be said without. */
export interface PlanWords {
  readonly name: string;
  readonly plan: Plan | undefined;
  readonly zone: string | undefined;
  readonly currency: string | undefined;
  readonly campaign: Answer<"getCampaign"> | undefined;
  readonly error: Error | null;
  readonly reward: (id: string) => string;
  readonly measure: (id: string) => string;
  readonly label: (id: string) => string;
}

export function usePlanWords(campaign: string): PlanWords {
  const { may } = useCaller();
  const { language } = useLanguage();
  const read = useAnswer("getCampaign", { params: { campaign } }, { enabled: may("getCampaign") });
  const version = read.data?.activeVersion;
  const active = useAnswer(
    "getVersion",
    { params: { campaign, version: version ?? 1 } },
    { enabled: may("getVersion") && version !== undefined },
  );
  const plan = active.data?.plan ?? read.data?.draft;
  const named = (items: readonly { readonly id: string; readonly name?: unknown }[] | undefined) => (id: string) =>
    nameIn(language, items?.find((item) => item.id === id)?.name, spoken(id));
  return {
    name: nameIn(language, plan?.name, spoken(campaign)),
    plan,
    zone: plan?.period.zone,
    currency: plan?.currency,
    campaign: read.data,
    error: read.error,
    reward: named(plan?.rewards),
    measure: named(plan?.measures),
    label: (id) => nameIn(language, plan?.names?.[id], spoken(id)),
  };
}

/** `speed-award` → `Speed award`, where no name is known. */
export function spoken(id: string): string {
  const words = id.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
