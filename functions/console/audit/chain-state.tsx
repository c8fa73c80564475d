import { DownloadOutlined } from "@ant-design/icons";
import { Button, Card, Collapse, Input, Typography } from "antd";
import { useState } from "react";
import { useAnswer, useCaller } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { saveFile } from "../parts/save-file.ts";
import { useTold } from "./told.ts";
import { useExport } from "./use-export.ts";
import { type AuditFilter, COMPANY } from "./use-filter.ts";

/** How far the chains have come, and how anybody proves that nothing was changed. */
export function ChainState({ filter }: { readonly filter: AuditFilter }) {
  const { t, locale } = useLanguage();
  const told = useTold();
  const anchor = useAnswer("getAuditAnchor");
  return (
    <Card>
      <Answered query={anchor}>
        {(now) => {
          const chain = filter.chain ?? COMPANY;
          const head = now.heads.find((one) => one.chain === chain);
          const entries = now.heads.reduce((sum, { seq }) => sum + seq, 0);
          return (
            <div className="stack">
              <div className="figures">
                <div>
                  <div className="quiet">{t("audit.chains")}</div>
                  <strong className="figure">{count(now.heads.length, locale)}</strong>
                </div>
                <div>
                  <div className="quiet">{t("audit.all")}</div>
                  <strong className="figure">{count(entries, locale)}</strong>
                </div>
                {head && (
                  <div>
                    <div className="quiet">{told.chain(chain)}</div>
                    <strong className="figure">{count(head.seq, locale)}</strong>
                  </div>
                )}
              </div>
              <div>
                <div className="quiet">{t("audit.anchor", { at: date(now.at, locale, "second", "UTC") })}</div>
                <code className="hash">{now.hash}</code>
              </div>
              <Exports anchor={JSON.stringify(now)} filter={filter} entries={entries} />
              <Proof />
            </div>
          );
        }}
      </Answered>
    </Card>
  );
}

interface ExportsProps {
  readonly anchor: string;
  readonly filter: AuditFilter;
  readonly entries: number;
}

function Exports({ anchor, filter, entries }: ExportsProps) {
  const { t, locale } = useLanguage();
  const { run, stop, loaded, error } = useExport();
  const isFiltered = Object.keys(filter).some((name) => name !== "chain");
  return (
    <>
      <div className="row">
        <Button
          icon={<DownloadOutlined />}
          onClick={() => saveFile("audit-anchor.json", new Blob([`${anchor}\n`], { type: "application/json" }))}
        >
          {t("audit.anchor.download")}
        </Button>
        {loaded === undefined ? (
          <>
            <Button icon={<DownloadOutlined />} onClick={() => run({})}>
              {t("audit.export")}
            </Button>
            {isFiltered && (
              <Button icon={<DownloadOutlined />} onClick={() => run(filter)}>
                {t("audit.export.filtered")}
              </Button>
            )}
          </>
        ) : (
          <span role="status">
            {t("audit.exporting", { count: count(loaded, locale), of: count(entries, locale) })}{" "}
            <Button size="small" onClick={stop}>
              {t("audit.export.stop")}
            </Button>
          </span>
        )}
      </div>
      {error && <ProblemView error={error} />}
    </>
  );
}

/** By a command on one's own machine: a page that vouches for itself would prove nothing. */
function Proof() {
  const { t } = useLanguage();
  const { may } = useCaller();
  const commands = [
    "export LAUREL_TOKEN=…",
    `npm run -s laurel -- audit anchor --url ${location.origin} > anchor.json`,
    `npm run -s laurel -- audit export --url ${location.origin} > audit.jsonl`,
    "npm run -s laurel -- audit verify audit.jsonl --anchor anchor.json",
  ].join("\n");
  const items = [
    {
      key: "proof",
      label: t("audit.proof"),
      children: (
        <div className="stack">
          <p>{t("audit.proof.text")}</p>
          <Typography.Paragraph copyable={{ text: commands, tooltips: false }} className="commands">
            <pre>{commands}</pre>
          </Typography.Paragraph>
          <p>{t("audit.proof.anchor")}</p>
          {may("getAuditAnchor") && <KeptAnchor />}
        </div>
      ),
    },
  ];
  return <Collapse items={items} ghost />;
}

/** The anchor that was kept on a day by itself. */
function KeptAnchor() {
  const { t } = useLanguage();
  const [day, setDay] = useState("");
  const kept = useAnswer("getAuditAnchor", { query: { day } }, { enabled: day !== "" });
  return (
    <div className="stack">
      <span className="day-picker">
        <label htmlFor="kept-anchor">{t("audit.kept")}</label>
        <Input id="kept-anchor" type="date" value={day} onChange={({ target }) => setDay(target.value)} />
      </span>
      {day !== "" && (
        <Answered query={kept} missing={<p className="quiet">{t("audit.kept.none")}</p>}>
          {(anchor) => (
            <div className="row">
              <code className="hash">{anchor.hash}</code>
              <Button
                size="small"
                onClick={() =>
                  saveFile(
                    `audit-anchor-${day}.json`,
                    new Blob([`${JSON.stringify(anchor)}\n`], { type: "application/json" }),
                  )
                }
              >
                {t("audit.anchor.download")}
              </Button>
            </div>
          )}
        </Answered>
      )}
    </div>
  );
}
