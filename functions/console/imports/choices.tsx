import { Collapse, Input, Radio, Select } from "antd";
import { type ReactNode, useId } from "react";
import type { Call } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import { useCampaigns } from "../api/use-campaigns.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { type ImportKind, isOfSource } from "./kinds.ts";

/** What is said about a file. Empty texts are not said. */
export interface Chosen {
  readonly kind: ImportKind;
  readonly mode: "allOrNothing" | "goodRows";
  readonly campaign: string;
  readonly source: string;
  readonly zone: string;
  readonly sheet: string;
  readonly encoding: Encoding | "";
}

type Start = Omit<NonNullable<Call<"startImport">["body"]>, "upload">;
type Encoding = NonNullable<Start["encoding"]>;

const ENCODINGS: readonly Encoding[] = ["utf-8", "gb18030", "utf-16le", "utf-16be"];

export function isComplete({ kind, campaign, source, zone }: Chosen): boolean {
  if (kind === "targets") return campaign !== "";
  return !isOfSource(kind) || (source !== "" && (campaign !== "" || zone !== ""));
}

/** What the API is told; first it only looks. */
export function startOf({ kind, mode, campaign, source, zone, sheet, encoding }: Chosen): Start {
  const ofSource = isOfSource(kind);
  return {
    mode,
    preview: true,
    ...((kind === "targets" || ofSource) && campaign !== "" ? { campaign } : {}),
    ...(ofSource ? { source } : {}),
    ...(ofSource && campaign === "" ? { zone } : {}),
    ...(sheet === "" ? {} : { sheet }),
    ...(encoding === "" ? {} : { encoding }),
  };
}

interface Props {
  readonly kinds: readonly ImportKind[];
  readonly chosen: Chosen;
  readonly onChange: (changes: Partial<Chosen>) => void;
}

export function Choices({ kinds, chosen, onChange }: Props) {
  const { t } = useLanguage();
  const { me } = useCaller();
  const { kind } = chosen;
  return (
    <div className="facts-choices">
      <Labelled label={t("imports.kind")}>
        {(id) => (
          <Select
            id={id}
            value={kind}
            onChange={(next) => onChange({ kind: next })}
            options={kinds.map((one) => ({ value: one, label: t(`imports.kind.${one}`) }))}
          />
        )}
      </Labelled>
      {isOfSource(kind) && (
        <Labelled label={t("inbox.source")}>
          {(id) => (
            <Select
              id={id}
              value={chosen.source}
              onChange={(source) => onChange({ source })}
              options={me.sources.map((source) => ({ value: source, label: source }))}
            />
          )}
        </Labelled>
      )}
      {(kind === "targets" || isOfSource(kind)) && <CampaignChoice chosen={chosen} onChange={onChange} />}
      {isOfSource(kind) && chosen.campaign === "" && (
        <Labelled label={t("imports.zone")}>
          {(id) => <Input id={id} value={chosen.zone} onChange={({ target }) => onChange({ zone: target.value })} />}
        </Labelled>
      )}
      <fieldset className="facts-field">
        <legend>{t("imports.mode")}</legend>
        <Radio.Group
          value={chosen.mode}
          onChange={({ target }) => onChange({ mode: target.value })}
          options={[
            { value: "allOrNothing", label: t("imports.mode.all") },
            { value: "goodRows", label: t("imports.mode.good") },
          ]}
        />
      </fieldset>
      <Collapse
        ghost
        className="facts-field"
        items={[{ key: "more", label: t("imports.more"), children: <More chosen={chosen} onChange={onChange} /> }]}
      />
    </div>
  );
}

type Half = Pick<Props, "chosen" | "onChange">;

function CampaignChoice({ chosen, onChange }: Half) {
  const { t, language } = useLanguage();
  const { may } = useCaller();
  const mayList = may("listCampaigns");
  const label = t(chosen.kind === "targets" ? "imports.campaign" : "imports.campaign.optional");
  const options = useCampaigns().map(({ id, name }) => ({
    value: id,
    label: nameIn(language, name, id),
  }));
  return (
    <Labelled label={label}>
      {(id) =>
        mayList ? (
          <Select
            id={id}
            showSearch
            optionFilterProp="label"
            value={chosen.campaign}
            onChange={(campaign) => onChange({ campaign })}
            options={[{ value: "", label: t("imports.campaign.none") }, ...options]}
          />
        ) : (
          <Input
            id={id}
            value={chosen.campaign}
            onChange={({ target }) => onChange({ campaign: target.value.trim() })}
          />
        )
      }
    </Labelled>
  );
}

function More({ chosen, onChange }: Half) {
  const { t } = useLanguage();
  return (
    <div className="facts-choices">
      <Labelled label={t("imports.sheet")}>
        {(id) => <Input id={id} value={chosen.sheet} onChange={({ target }) => onChange({ sheet: target.value })} />}
      </Labelled>
      <Labelled label={t("imports.encoding")}>
        {(id) => (
          <Select
            id={id}
            value={chosen.encoding}
            onChange={(encoding) => onChange({ encoding })}
            options={[
              { value: "" as const, label: t("imports.encoding.auto") },
              ...ENCODINGS.map((one) => ({ value: one, label: one.toUpperCase() })),
            ]}
          />
        )}
      </Labelled>
    </div>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="facts-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
