import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Card, Select } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import { useAnswer, useCaller, usePages } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { saveFile } from "../parts/save-file.ts";
import type { Run } from "../runs/types.ts";

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
}

interface Wanted {
  readonly format: "csv" | "xlsx" | "layout";
  readonly part: number;
}

/** The files of each run that posted: as a table, a workbook, or as a payroll or bank wants it. */
export function PayoutFiles({ campaign, words }: Props) {
  const { t } = useLanguage();
  const runs = usePages("listRuns", { params: { campaign }, query: { order: "newestFirst", limit: 50 } });
  return (
    <Listed query={runs}>
      {(items) => {
        const posted = items.filter(({ hasPayoutFile }) => hasPayoutFile);
        return posted.length === 0 ? (
          <Card>
            <EmptyView title={t("payouts.files.none")} next={t("payouts.files.none.next")} />
          </Card>
        ) : (
          <ul className="plain-list stack">
            {posted.map((run) => (
              <li key={run.runId}>
                <FilesOfRun run={run} words={words} />
              </li>
            ))}
          </ul>
        );
      }}
    </Listed>
  );
}

function FilesOfRun({ run, words }: { readonly run: Run; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const { api, may } = useCaller();
  const [layout, setLayout] = useState<string>();
  const layouts = useAnswer("listPayoutLayouts", { query: { limit: 200 } }, { enabled: may("listPayoutLayouts") });
  const { campaign, runId, kind, postedTotal, postedAt, payoutFileParts } = run;
  const fetch = useMutation({
    mutationFn: async ({ format, part }: Wanted) => {
      const as = format === "layout" ? { layout } : { format };
      const file = await api.file("getPayoutFile", { params: { campaign, runId }, query: { ...as, part } });
      saveFile(file.name, file.content);
    },
  });
  const parts = Array.from({ length: payoutFileParts }, (_, at) => at + 1);
  const button = (format: Wanted["format"], part: number, name: string, disabled = false) => (
    <Button
      key={`${format} ${part}`}
      icon={<DownloadOutlined />}
      disabled={disabled}
      loading={fetch.isPending && fetch.variables.format === format && fetch.variables.part === part}
      onClick={() => fetch.mutate({ format, part })}
    >
      {parts.length === 1 ? name : t("payouts.files.part", { name, part, of: parts.length })}
    </Button>
  );
  const options = layouts.data?.items.map(({ id, layout: { name } }) => ({ value: id, label: name })) ?? [];
  return (
    <Card size="small">
      <h3>
        <Link href={`/campaigns/${campaign}/runs/${runId}`}>
          {t(`runs.kind.${kind}`)} {runId}
        </Link>
      </h3>
      <p className="quiet">
        {postedTotal !== undefined && `${t("runs.postedTotal")}: ${money(postedTotal, words.currency ?? "", locale)}`}
        {postedAt !== undefined && ` · ${date(postedAt, locale, "minute", words.zone)}`}
      </p>
      <div className="row">
        {parts.flatMap((part) => [button("csv", part, t("runs.file.csv")), button("xlsx", part, t("runs.file.xlsx"))])}
      </div>
      {may("listPayoutLayouts") &&
        (options.length === 0 ? (
          layouts.data && <p className="quiet">{t("payouts.layouts.none")}</p>
        ) : (
          <div className="row">
            <Select
              className="tool-select"
              placeholder={t("payouts.layout")}
              aria-label={t("payouts.layout")}
              options={options}
              value={layout}
              onChange={setLayout}
            />
            {parts.map((part) => button("layout", part, t("payouts.layout.fetch"), layout === undefined))}
          </div>
        ))}
      {fetch.error && <ProblemView error={fetch.error} />}
    </Card>
  );
}
