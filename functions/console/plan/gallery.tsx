import { CopyOutlined, FileAddOutlined, UploadOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Input, Select, Tag } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { useCaller } from "../api/hooks.ts";
import { useCampaignPages } from "../api/use-campaigns.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { EMPTY_PLAN } from "./begin.ts";
import { inLanguage, schemeFits, schemeText, useSchemes } from "./gallery-data.ts";
import { kindLabel } from "./labels.ts";
import { writtenOf } from "./plan-source.ts";
import { readPlanText } from "./plan-text.ts";
import type { Scheme } from "./scheme.ts";
import type { Shape } from "./shape.ts";

interface Props {
  readonly shape: Shape;
  /** A text to begin from, and what it is called. */
  readonly onChoose: (text: string, name: string) => void;
}

/** The ready schemes as cards, and the other ways to begin. */
export function Gallery({ shape, onChoose }: Props) {
  const { t, language } = useLanguage();
  const schemes = useSchemes();
  const [search, setSearch] = useState("");
  const [error, setError] = useState<Error>();
  const choose = async (scheme: Scheme) => {
    try {
      onChoose(await schemeText(scheme.id), inLanguage(scheme.name, language));
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  const fits = (scheme: Scheme) =>
    schemeFits(
      scheme,
      search,
      scheme.kinds.flatMap((kind) => [kind, kindLabel("en", kind).name, kindLabel("zh", kind).name]),
    );
  return (
    <div className="stack">
      <div className="cards">
        <Way icon={<FileAddOutlined aria-hidden="true" />} title={t("new.empty")} text={t("new.empty.text")}>
          <Button onClick={() => onChoose(EMPTY_PLAN, t("new.empty"))}>{t("new.use")}</Button>
        </Way>
        <CopyOne shape={shape} onChoose={onChoose} onError={setError} />
        <Upload onChoose={onChoose} />
      </div>
      {error !== undefined && <ProblemView error={error} />}
      <h2>{t("new.schemes")}</h2>
      <Input.Search
        allowClear
        className="plan-search"
        aria-label={t("new.search")}
        placeholder={t("new.search")}
        onChange={({ target }) => setSearch(target.value)}
      />
      <Answered query={schemes}>
        {(all) => {
          const shown = all.filter(fits);
          if (shown.length === 0) return <EmptyView title={t("new.none")} next={t("new.none.next")} />;
          return (
            <ul className="cards plan-schemes">
              {shown.map((scheme) => (
                <SchemeCard key={scheme.id} scheme={scheme} onUse={() => choose(scheme)} />
              ))}
            </ul>
          );
        }}
      </Answered>
    </div>
  );
}

function SchemeCard({ scheme, onUse }: { readonly scheme: Scheme; readonly onUse: () => void }) {
  const { t, language } = useLanguage();
  const name = inLanguage(scheme.name, language);
  return (
    <li className="plan-scheme">
      <h3>{name}</h3>
      <p>{inLanguage(scheme.summary, language)}</p>
      <p className="plan-tags">
        <span className="hidden">{t("new.kinds")}: </span>
        {scheme.kinds.map((kind) => (
          <Tag key={kind}>{kindLabel(language, kind).name}</Tag>
        ))}
      </p>
      <details>
        <summary>{t("new.for")}</summary>
        <ul>
          {inLanguage(scheme.uses, language).map((use) => (
            <li key={use}>{use}</li>
          ))}
        </ul>
      </details>
      <Button onClick={onUse} aria-label={`${t("new.use")}: ${name}`}>
        {t("new.use")}
      </Button>
    </li>
  );
}

function Way({
  icon,
  title,
  text,
  children,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}) {
  return (
    <Card className="plan-way">
      <h3>
        {icon} {title}
      </h3>
      <p className="quiet">{text}</p>
      {children}
    </Card>
  );
}

function CopyOne({ shape, onChoose, onError }: Props & { readonly onError: (error: Error) => void }) {
  const { t, language } = useLanguage();
  const { api } = useCaller();
  const { data, isFetching } = useCampaignPages();
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const copy = async (campaign: string) => {
    try {
      const { draft, text } = await api.json("getCampaign", { params: { campaign }, query: { text: "true" } });
      onChoose(writtenOf(shape, draft, text), nameIn(language, draft.name, campaign));
    } catch (problem) {
      onError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  return (
    <Way icon={<CopyOutlined aria-hidden="true" />} title={t("new.copy")} text={t("new.copy.text")}>
      <Select
        className="plan-copy"
        aria-label={t("new.copy.choose")}
        placeholder={t("new.copy.choose")}
        showSearch={{ optionFilterProp: "label" }}
        loading={isFetching}
        value={null}
        options={items.map(({ id, name }) => ({ value: id, label: `${nameIn(language, name, id)} (${id})` }))}
        onChange={(campaign: string | null) => campaign !== null && copy(campaign)}
      />
    </Way>
  );
}

function Upload({ onChoose }: Pick<Props, "onChoose">) {
  const { t } = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const server = useServerWords();
  const [refused, setRefused] = useState<string>();
  const read = async (file: File) => {
    const text = await file.text();
    const [broken] = readPlanText(text).broken;
    if (broken === undefined) onChoose(text, file.name);
    else setRefused(t("new.upload.broken", { line: broken.line, message: server.say(broken.message).text }));
  };
  return (
    <Way icon={<UploadOutlined aria-hidden="true" />} title={t("new.upload")} text={t("new.upload.text")}>
      <input
        ref={input}
        type="file"
        className="hidden"
        tabIndex={-1}
        aria-label={t("new.upload")}
        accept=".yaml,.yml,.json,application/yaml,application/json"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) read(file);
          target.value = "";
        }}
      />
      <Button onClick={() => input.current?.click()}>{t("new.upload.choose")}</Button>
      {refused !== undefined && <Alert type="error" showIcon role="alert" title={refused} />}
    </Way>
  );
}
