import { Card, Input, Table } from "antd";
import { useMemo, useState } from "react";
import { type PlanWords, usePlanWords } from "../api/plan-names.ts";
import { isTextKey, type Translate, useLanguage } from "../i18n/language.ts";
import { changedFields, type FieldChange } from "./changed-fields.ts";
import type { ShownApproval } from "./what-of.ts";

interface Row extends FieldChange {
  readonly key: string;
  readonly place: string;
}

/** What would be different: each field before and after. */
export function Changes({ approval }: { readonly approval: ShownApproval }) {
  const { content } = approval;
  // Of these all is said in words already.
  if (content.kind === "manual-adjustment" || content.kind === "run" || content.kind === "lifecycle") return null;
  return "campaign" in content ? (
    <OfCampaign approval={approval} campaign={content.campaign} />
  ) : (
    <Fields approval={approval} words={undefined} />
  );
}

function OfCampaign({ approval, campaign }: { readonly approval: ShownApproval; readonly campaign: string }) {
  return <Fields approval={approval} words={usePlanWords(campaign)} />;
}

interface FieldsProps {
  readonly approval: ShownApproval;
  readonly words: PlanWords | undefined;
}

function Fields({ approval: { changes, more, content }, words }: FieldsProps) {
  const { t } = useLanguage();
  const [text, setText] = useState("");
  const rows = useMemo(
    () =>
      changes.flatMap(changedFields).map((field): Row => {
        const place = placeOf(field.path, t, words);
        return { ...field, key: field.path.join("/"), place };
      }),
    [changes, t, words],
  );
  const typed = text.trim().toLowerCase();
  const shown = rows.filter(({ place, before = "", after = "" }) =>
    `${place} ${before} ${after}`.toLowerCase().includes(typed),
  );
  const isNew = content.kind === "activation" && content.inForce === undefined;
  return (
    <Card title={<h2>{t(isNew ? "approval.changes.first" : "approval.changes")}</h2>}>
      <div className="stack">
        <Input.Search
          allowClear
          className="table-search"
          placeholder={t("approval.changes.search")}
          aria-label={t("approval.changes.search")}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Table
          rowKey="key"
          size="small"
          tableLayout="fixed"
          pagination={{ pageSize: 25, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: t("approval.changes.none") }}
          dataSource={shown}
          columns={[
            { title: t("approval.place"), dataIndex: "place", className: "wraps" },
            {
              title: t("approval.before"),
              className: "wraps",
              render: (_, { before }) => <Side text={before} isOld />,
            },
            { title: t("approval.after"), className: "wraps", render: (_, { after }) => <Side text={after} /> },
          ]}
        />
        {more > 0 && <p className="quiet">{t("approval.changes.more", { count: more })}</p>}
      </div>
    </Card>
  );
}

function Side({ text, isOld = false }: { readonly text: string | undefined; readonly isOld?: boolean }) {
  const { t } = useLanguage();
  if (text === undefined) return <span className="quiet">{t("approval.nothing")}</span>;
  return isOld ? <del>{text}</del> : <ins>{text}</ins>;
}

/** `/rewards/speed-award/prizes/1/amount` → Rewards › Speed award › Prizes › 1 › Amount. */
function placeOf(path: readonly string[], t: Translate, words: PlanWords | undefined): string {
  return path.map((part, at) => partText(part, path[at - 1], t, words)).join(" › ");
}

function partText(part: string, above: string | undefined, t: Translate, words: PlanWords | undefined): string {
  if (above === "rewards") return words?.reward(part) ?? part;
  if (above === "measures" || above === "measure") return words?.measure(part) ?? part;
  const key = `approval.path.${part}`;
  return isTextKey(key) ? t(key) : part;
}
