import { Card, Select } from "antd";
import { useMemo, useState } from "react";
import { useAnswer, useCaller, usePages } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import type { TabProps } from "../parts/tab-props.ts";
import PlanPicture from "./plan-picture.tsx";

/** The plan of a campaign in a picture: the version in force, the draft, or an older version. */
export default function PictureTab({ campaign, words }: TabProps) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const active = words.campaign?.activeVersion;
  const [chosen, setChosen] = useState<number | "draft">();
  const shown = chosen ?? active ?? "draft";
  const versions = usePages(
    "listVersions",
    { params: { campaign }, query: { limit: 200 } },
    { enabled: may("listVersions") },
  );
  const organisation = usePages("listOrgUnits", { query: { limit: 200 } }, { enabled: may("listOrgUnits") });
  const units = useMemo(
    () =>
      new Map(organisation.data?.pages.flatMap(({ items }) => items.map(({ unit, name }) => [unit, name] as const))),
    [organisation.data],
  );
  const isOther = typeof shown === "number" && shown !== active;
  const other = useAnswer(
    "getVersion",
    { params: { campaign, version: typeof shown === "number" ? shown : 1 } },
    { enabled: isOther },
  );
  const plan = shown === "draft" ? words.campaign?.draft : isOther ? other.data?.plan : words.plan;
  const known = (versions.data?.pages ?? []).flatMap(({ items }) => items.map(({ version }) => version));
  const numbers = [...new Set([...(active === undefined ? [] : [active]), ...known])].sort((a, b) => b - a);
  const options = [
    ...numbers.map((version) => ({
      value: version,
      label: t(version === active ? "picture.inForce" : "picture.version", { version }),
    })),
    { value: "draft" as const, label: t("picture.draft") },
  ];
  return (
    <div className="stack">
      <div>
        <Select
          aria-label={t("picture.which")}
          value={shown}
          options={options}
          onChange={setChosen}
          className="picture-which"
        />
      </div>
      {plan === undefined && words.campaign === undefined && <Loading />}
      {plan === undefined && words.campaign !== undefined && !isOther && (
        <Card>
          <EmptyView title={t("picture.none")} next={t("picture.none.next")} />
        </Card>
      )}
      {plan === undefined && isOther && <Loading />}
      {plan !== undefined && (
        <PlanPicture plan={plan} conduct={shown === active ? words.campaign?.conduct : undefined} units={units} />
      )}
    </div>
  );
}
