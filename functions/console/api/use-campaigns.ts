import type { Answer } from "./client.ts";
import { useCaller, usePages } from "./hooks.ts";
import { useAllPages } from "./use-all-pages.ts";

export type CampaignSummary = Answer<"listCampaigns">["items"][number];

const PAGE = 200;
/** Five thousand campaigns: a company that has more looks them up by their addresses. */
const MOST_PAGES = 25;

/** The campaigns page by page, read on by itself: what is searched, chosen from or told by name is among all of them. */
export function useCampaignPages(enabled = true) {
  const { may } = useCaller();
  const pages = usePages("listCampaigns", { query: { limit: PAGE } }, { enabled: enabled && may("listCampaigns") });
  useAllPages(pages, MOST_PAGES);
  return pages;
}

/** The campaigns that are known so far; none for who may not list them. */
export function useCampaigns(enabled = true): readonly CampaignSummary[] {
  const { data } = useCampaignPages(enabled);
  return data?.pages.flatMap(({ items }) => items) ?? [];
}
