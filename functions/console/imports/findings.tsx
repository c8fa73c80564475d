import { useMutation } from "@tanstack/react-query";
import { Button, Card, Input, Table } from "antd";
import { useState } from "react";
import type { Answer, ApiClient } from "../api/client.ts";
import { useCaller, usePages } from "../api/hooks.ts";
import { csvFile } from "../format/csv.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { Listed } from "../parts/listed.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { saveFile } from "../parts/save-file.ts";
import { findingText, placeOf } from "./told.ts";

type Finding = Answer<"listImportFindings">["items"][number];

interface Props {
  readonly id: string;
  readonly total: number;
  readonly fileName: string;
}

/** What is wrong with a file, row by row; all of it as a file to work through beside the spreadsheet. */
export function Findings({ id, total, fileName }: Props) {
  const { t, locale } = useLanguage();
  const { api } = useCaller();
  const words = useServerWords();
  const [search, setSearch] = useState("");
  const findings = usePages("listImportFindings", { params: { import: id }, query: { limit: 200 } });
  const save = useMutation({
    mutationFn: async () => {
      const said = (text = "") => words.say(text).text;
      const header = ["row", "column", "what", "found", "allowed", "mend"].map((name) => t(columnKey(name)));
      const rows = (await allOf(api, id)).map((one) => {
        const { row, column } = placeOf(one.path);
        return [row, column, findingText(one, t, words), one.seen ?? "", said(one.allowed), said(one.mend)];
      });
      saveFile(`${fileName.replace(/\.\w+$/, "")}-findings.csv`, csvFile([header, ...rows]));
    },
  });
  return (
    <Card
      title={<h2>{t("imports.findings", { count: count(total, locale) })}</h2>}
      extra={
        <Button loading={save.isPending} onClick={() => save.mutate()}>
          {t("imports.findings.save")}
        </Button>
      }
    >
      {save.error && <ProblemView error={save.error} />}
      <div className="row filters">
        <Input.Search
          allowClear
          aria-label={t("imports.findings.search")}
          placeholder={t("imports.findings.search")}
          onChange={({ target }) => setSearch(target.value)}
        />
      </div>
      <Listed query={findings}>
        {(items) => (
          <FindingTable
            items={items.filter((one) =>
              `${JSON.stringify(one)} ${findingText(one, t, words)}`
                .toLowerCase()
                .includes(search.trim().toLowerCase()),
            )}
          />
        )}
      </Listed>
    </Card>
  );
}

function columnKey(name: string) {
  switch (name) {
    case "row":
      return "imports.finding.row";
    case "column":
      return "imports.finding.column";
    case "found":
      return "imports.finding.found";
    case "allowed":
      return "imports.finding.allowed";
    case "mend":
      return "imports.finding.mend";
    default:
      return "imports.finding.what";
  }
}

function FindingTable({ items }: { readonly items: readonly Finding[] }) {
  const { t } = useLanguage();
  const words = useServerWords();
  return (
    <div className="facts-wide">
      <Table<Finding>
        rowKey={(one) => JSON.stringify(one)}
        dataSource={[...items]}
        pagination={items.length > 50 ? { pageSize: 50 } : false}
        columns={[
          { title: t("imports.finding.row"), render: (_, { path }) => placeOf(path).row || "–" },
          { title: t("imports.finding.column"), render: (_, { path }) => <code>{placeOf(path).column || "–"}</code> },
          { title: t("imports.finding.what"), render: (_, one) => <What finding={one} /> },
          {
            title: t("imports.finding.found"),
            render: (_, { seen }) => <div className="facts-brief">{seen ?? "–"}</div>,
          },
          {
            title: t("imports.finding.mend"),
            render: (_, { allowed, mend }) => (
              <div className="facts-brief">{words.say(mend ?? allowed ?? "–").text}</div>
            ),
          },
        ]}
      />
    </div>
  );
}

function What({ finding }: { readonly finding: Finding }) {
  const { t } = useLanguage();
  const words = useServerWords();
  const text = findingText(finding, t, words);
  const isTold = !words.isEnglish && !words.sayWrong(finding).isForeign;
  return (
    <div className="facts-brief">
      {text}
      {!isTold && text !== finding.message && <small className="facts-original">{finding.message}</small>}
    </div>
  );
}

async function allOf(api: ApiClient, id: string): Promise<Finding[]> {
  const all: Finding[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.json("listImportFindings", { params: { import: id }, query: { limit: 200 }, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}
