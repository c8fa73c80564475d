import { App, Button, Card, Input, Tag } from "antd";
import { useState } from "react";
import { useAction, useAnswer } from "../api/hooks.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { useCopy } from "../inbox/use-copy.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { kindOf, type Source } from "./use-source.ts";
import { KIND_NAMES, nextSecretName } from "./vendors.ts";

/**
 * Secrets by name, and how one is rotated without losing a delivery: both are valid while the sender changes over. What a secret says
 * is never here; it is put into the secret store by whoever runs the account.
 */
export function Secrets({ source }: { readonly source: Source }) {
  const { t } = useLanguage();
  const { secretNames } = source;
  return (
    <div className="stack">
      <Card title={<h2>{t("secrets.valid")}</h2>}>
        <p>
          {secretNames.length === 0 && t("secrets.none")}
          {secretNames.map((name, index) => (
            <Tag key={name}>
              {name}
              {secretNames.length > 1 && ` · ${t(index === 0 ? "secrets.new" : "secrets.old")}`}
            </Tag>
          ))}
        </p>
        <p className="quiet">{t("secrets.never")}</p>
      </Card>
      <Card title={<h2>{t("secrets.rotate")}</h2>}>
        {secretNames.length > 1 ? <Finish source={source} /> : <Begin source={source} />}
      </Card>
    </div>
  );
}

/** One secret is valid: make another, and name both. */
function Begin({ source }: { readonly source: Source }) {
  const { t } = useLanguage();
  const copy = useCopy();
  const { message } = App.useApp();
  const { secretNames } = source;
  const [name, setName] = useState(nextSecretName(secretNames, source.source));
  const change = useAction("changeSource", () => message.success(t("secrets.both.done")));
  const command = `aws secretsmanager create-secret --name '${name}' --secret-string "whsec_$(openssl rand -base64 32)"`;
  const isStandard = kindOf(source) === "standard";
  return (
    <ol className="facts-steps">
      <li>
        <strong>{t("secrets.step.create")}</strong>
        <p>{t(isStandard ? "secrets.step.create.standard" : "secrets.step.create.vendor", vendorOf(source))}</p>
        <div className="row">
          <Input
            aria-label={t("secrets.name")}
            value={name}
            maxLength={256}
            onChange={({ target }) => setName(target.value.trim())}
          />
        </div>
        {isStandard && (
          <div className="row">
            <code className="facts-name">{command}</code>
            <Button size="small" onClick={() => copy(command)}>
              {t("facts.copy")}
            </Button>
          </div>
        )}
      </li>
      <li>
        <strong>{t("secrets.step.both")}</strong>
        <p>{t("secrets.step.both.text")}</p>
        {change.error && <ProblemView error={change.error} />}
        <Button
          type="primary"
          disabled={name === "" || secretNames.includes(name)}
          loading={change.isPending}
          onClick={() =>
            change.mutate({ params: { source: source.source }, body: { secretNames: [name, ...secretNames] } })
          }
        >
          {t("secrets.both")}
        </Button>
      </li>
      <li>{t("secrets.step.sender")}</li>
      <li>{t("secrets.step.only")}</li>
    </ol>
  );
}

/** Both are valid: the sender changes over, then the old one is let go. */
function Finish({ source }: { readonly source: Source }) {
  const { t, locale } = useLanguage();
  const { modal, message } = App.useApp();
  const { secretNames } = source;
  const [newest = ""] = secretNames;
  const health = useAnswer("getSourceHealth", { params: { source: source.source } }, { every: 15_000 }).data;
  const change = useAction("changeSource", () => message.success(t("secrets.only.done")));
  const nameOnly = (names: readonly string[]) =>
    change.mutateAsync({ params: { source: source.source }, body: { secretNames: [...names] } }).catch(() => {});
  const ask = () =>
    modal.confirm({
      title: t("secrets.only.title"),
      content: t("secrets.only.text", { old: secretNames.slice(1).join(", ") }),
      okText: t("secrets.only"),
      onOk: () => nameOnly([newest]),
    });
  return (
    <ol className="facts-steps" start={3}>
      <li>
        <strong>{t("secrets.step.sender")}</strong>
        <p>{t(`secrets.sender.${kindOf(source)}`, { name: newest })}</p>
      </li>
      <li>
        <strong>{t("secrets.step.only")}</strong>
        <p>{t("secrets.step.only.text")}</p>
        {health && (
          <p className={(health.counts.unauthenticated ?? 0) > 0 ? "bad" : "quiet"}>
            {t("secrets.unauthenticated", { count: count(health.counts.unauthenticated ?? 0, locale) })}
          </p>
        )}
        {change.error && <ProblemView error={change.error} />}
        <div className="row">
          <Button type="primary" loading={change.isPending} onClick={ask}>
            {t("secrets.only")}
          </Button>
          <Button onClick={() => nameOnly(secretNames.slice(1))}>{t("secrets.back")}</Button>
        </div>
      </li>
    </ol>
  );
}

function vendorOf(source: Source): { readonly vendor: string } {
  return { vendor: KIND_NAMES[kindOf(source)] };
}
