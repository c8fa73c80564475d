import { Tabs } from "antd";
import { useLocation } from "wouter";
import type { ApiOperationId } from "#contracts/routes.ts";
import { useCaller } from "../api/hooks.ts";
import type { TextKey } from "../i18n/en.ts";
import { useLanguage } from "../i18n/language.ts";
import type { TabProps } from "../parts/tab-props.ts";
import { Adjustments } from "./adjustments.tsx";
import { PayoutChains } from "./payout-chains.tsx";
import { PayoutFiles } from "./payout-files.tsx";
import { Postings } from "./postings.tsx";

interface Section {
  readonly key: string;
  readonly label: TextKey;
  readonly needs: ApiOperationId;
  readonly content: React.ComponentType<Pick<TabProps, "campaign" | "words">>;
}

const SECTIONS: readonly Section[] = [
  { key: "files", label: "payouts.files", needs: "getPayoutFile", content: PayoutFiles },
  { key: "payees", label: "payouts.payees", needs: "listPayouts", content: PayoutChains },
  { key: "postings", label: "payouts.postings", needs: "listPostings", content: Postings },
  { key: "adjustments", label: "adjustments.title", needs: "listAdjustments", content: Adjustments },
];

/** What was posted and paid: files, payees, postings, amounts by hand. Each has its address, `payouts/<section>`. */
export default function PayoutsTab({ campaign, words, rest: [section] }: TabProps) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  const open = SECTIONS.filter(({ needs }) => may(needs));
  const shown = open.find(({ key }) => key === section)?.key ?? open[0]?.key;
  const items = open.map(({ key, label, content: Content }) => ({
    key,
    label: t(label),
    children: <Content campaign={campaign} words={words} />,
  }));
  return (
    <Tabs
      {...(shown === undefined ? {} : { activeKey: shown })}
      items={items}
      destroyOnHidden
      onChange={(key) => go(`/campaigns/${campaign}/payouts/${key}`)}
    />
  );
}
