import { Card } from "antd";
import { useLanguage } from "../i18n/language.ts";
import type { TabProps } from "../parts/tab-props.ts";
import { DisputeList } from "./dispute-list.tsx";
import { DisputePage } from "./dispute-page.tsx";

/** Disputes of a campaign, or one of them. */
export default function DisputesTab({ campaign, words, rest: [dispute] }: TabProps) {
  const { t } = useLanguage();
  if (dispute !== undefined) return <DisputePage key={dispute} campaign={campaign} words={words} id={dispute} />;
  return (
    <Card title={<h2>{t("disputes.title")}</h2>}>
      <DisputeList campaign={campaign} />
    </Card>
  );
}
