import { Alert, App, Button, Card, Progress, Tag } from "antd";
import { Link, useParams } from "wouter";
import { useAction, useAnswer, useCaller } from "../api/hooks.ts";
import { spoken } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { flat } from "../inbox/fields.ts";
import { HERE } from "../inbox/here.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { Changes } from "./changes.tsx";
import { Findings } from "./findings.tsx";
import { ImportState } from "./import-state.tsx";
import type { Import } from "./kinds.ts";
import { noteText } from "./told.ts";

const AGAIN_MS = 1_500;

/** One import, from the look at its file to what came of it. It goes on when nobody looks, and is found here again. */
export default function ImportPage() {
  const { t } = useLanguage();
  const { import: id = "" } = useParams();
  const first = useAnswer("getImport", { params: { import: id } });
  const isBusy = first.data?.state === "queued" || first.data?.state === "confirmed";
  const waits = first.data?.state === "waiting";
  const query = useAnswer(
    "getImport",
    { params: { import: id } },
    { every: isBusy ? AGAIN_MS : waits ? AGAIN_MS * 4 : 60_000 },
  );
  return (
    <div className="page">
      <p className="crumbs">
        <Link href="/imports">{t("imports.title")}</Link>
      </p>
      <Answered query={query} missing={<EmptyView title={t("imports.missing")} next={t("imports.missing.next")} />}>
        {(one) => <OneImport one={one} />}
      </Answered>
    </div>
  );
}

function OneImport({ one }: { readonly one: Import }) {
  const { t, locale } = useLanguage();
  const { kind, fileName, requestedBy, requestedAt, campaign, source, preview } = one;
  return (
    <>
      <div className="title">
        <h1 className="facts-name">{fileName}</h1>
        <ImportState state={one.state} />
      </div>
      <p className="quiet">
        {t(`imports.kind.${kind}`)}
        {campaign !== undefined && ` · ${spoken(campaign)}`}
        {source !== undefined && ` · ${source}`} ·{" "}
        {t("imports.asked", { who: requestedBy, at: date(requestedAt, locale, "minute", HERE) })}
      </p>
      <Where one={one} />
      <Numbers one={one} />
      {one.findings > 0 && <Findings id={one.id} total={one.findings} fileName={fileName} />}
      {preview !== undefined && preview.changes.length > 0 && one.state !== "done" && (
        <Changes changes={preview.changes} rows={one.report?.taken ?? 0} />
      )}
    </>
  );
}

/** Where it stands, and what can be done now. */
function Where({ one }: { readonly one: Import }) {
  const { t } = useLanguage();
  switch (one.state) {
    case "queued":
    case "confirmed":
      return <Busy one={one} />;
    case "ready":
      return <Ready one={one} />;
    case "waiting":
      return (
        <Alert
          type="warning"
          title={t("imports.waiting")}
          description={<Link href="/approvals">{t("imports.waiting.link")}</Link>}
        />
      );
    case "refused":
      return <Alert type="error" title={t("imports.refused")} description={t("imports.refused.next")} />;
    case "failed":
      return (
        <Alert
          type="error"
          title={t("imports.failed")}
          description={<Confirm one={one} label={t("imports.again")} />}
        />
      );
    case "done":
      return <Done one={one} />;
  }
}

function Busy({ one: { state, progress } }: { readonly one: Import }) {
  const { t, locale } = useLanguage();
  const { rows, done } = progress;
  const label = t(state === "queued" ? "imports.looking" : "imports.working");
  return (
    <Card>
      <p role="status">{label}</p>
      <Progress percent={rows === 0 ? 0 : Math.round((done / rows) * 100)} aria-label={label} />
      {rows > 0 && (
        <p className="quiet figure">{t("imports.rows", { done: count(done, locale), rows: count(rows, locale) })}</p>
      )}
      <p className="quiet">{t("imports.leave")}</p>
    </Card>
  );
}

function Ready({ one }: { readonly one: Import }) {
  const { t, locale } = useLanguage();
  const { report, preview } = one;
  const taken = report?.taken ?? 0;
  return (
    <Card>
      <div className="stack-tight">
        <h2>{t("imports.ready", { taken: count(taken, locale), rows: count(report?.rows ?? 0, locale) })}</h2>
        {preview?.needsApproval === true && <p>{t("imports.ready.approval")}</p>}
        <p>{t(taken === 0 ? "imports.ready.nothing" : "imports.ready.text")}</p>
        {taken > 0 && <Confirm one={one} label={t("imports.confirm")} />}
      </div>
    </Card>
  );
}

function Confirm({ one, label }: { readonly one: Import; readonly label: string }) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const { modal } = App.useApp();
  const confirm = useAction("confirmImport");
  if (!may("confirmImport")) return null;
  const ask = () =>
    modal.confirm({
      title: t("imports.confirm.title", { file: one.fileName }),
      content: t("imports.confirm.text", { taken: count(one.report?.taken ?? 0, locale) }),
      okText: t("imports.confirm"),
      onOk: () => confirm.mutateAsync({ params: { import: one.id } }).catch(() => {}),
    });
  return (
    <>
      {confirm.error && <ProblemView error={confirm.error} />}
      <div>
        <Button type="primary" loading={confirm.isPending} onClick={ask}>
          {label}
        </Button>
      </div>
    </>
  );
}

function Done({ one: { report, sameAs, rebuilding } }: { readonly one: Import }) {
  const { t, locale } = useLanguage();
  return (
    <Alert
      type="success"
      title={t("imports.done", { taken: count(report?.taken ?? 0, locale) })}
      description={
        <div className="stack-tight">
          {sameAs !== undefined && <Link href={`/imports/${sameAs}`}>{t("imports.same")}</Link>}
          {rebuilding.length > 0 && (
            <p>
              {t("imports.rebuilding")}{" "}
              {rebuilding.map((campaign) => (
                <Link key={campaign} href={`/campaigns/${campaign}`} className="facts-link">
                  {spoken(campaign)}
                </Link>
              ))}
            </p>
          )}
        </div>
      }
    />
  );
}

/** Rows by what became of them, and what was found out about the file. */
function Numbers({ one: { report, notes, preview } }: { readonly one: Import }) {
  const { t, locale } = useLanguage();
  const words = useServerWords();
  if (report === undefined) return null;
  const columns = [...new Set((preview?.changes ?? []).flatMap(({ after }) => fieldsOf(after)))];
  const numbers = (["rows", "taken", "unchanged", "rejected", "waiting"] as const).flatMap((name) => {
    const value = report[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return (
    <Card title={<h2>{t("imports.file")}</h2>}>
      <dl className="facts-numbers">
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`imports.report.${name}`)}</dt>
            <dd className="figure">{count(value, locale)}</dd>
          </div>
        ))}
      </dl>
      <ul>
        {notes.map((note) => (
          <li key={note}>{noteText(note, t, words)}</li>
        ))}
      </ul>
      {columns.length > 0 && (
        <p>
          {t("imports.fields")}{" "}
          {columns.map((column) => (
            <Tag key={column}>{column}</Tag>
          ))}
        </p>
      )}
    </Card>
  );
}

/** `memberships.0.unit` is the column `unit`. */
function fieldsOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return [...flat(value).keys()].map((name) => name.split(".").at(-1) ?? name);
}
