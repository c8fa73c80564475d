import { Input, Select } from "antd";
import { useCaller, usePages } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useCampaigns } from "../api/use-campaigns.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { type Choice, yearBefore } from "./choice.ts";

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

/** Which plan, compared with what, on which sales. */
export function ChoiceForm({ campaign, words, choice, onChoose }: Props) {
  const { t } = useLanguage();
  return (
    <div className="try-form">
      <ChoosePlan campaign={campaign} choice={choice} onChoose={onChoose} />
      <ChooseAgainst campaign={campaign} words={words} choice={choice} onChoose={onChoose} />
      <ChooseFacts words={words} choice={choice} onChoose={onChoose} />
      {typeof choice.facts === "object" && (
        <div>
          <label htmlFor="try-day">{t("simulate.facts.day.label")}</label>
          <Input
            id="try-day"
            type="date"
            value={choice.facts.from}
            onChange={({ target }) => {
              if (target.value !== "") onChoose({ ...choice, facts: { from: target.value } });
            }}
          />
        </div>
      )}
    </div>
  );
}

function ChoosePlan({ campaign, choice, onChoose }: Omit<Props, "words">) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const pages = usePages(
    "listVersions",
    { params: { campaign }, query: { limit: 200 } },
    { enabled: may("listVersions") },
  );
  const versions = (pages.data?.pages ?? []).flatMap(({ items }) => items.map(({ version }) => version));
  const options = [
    { value: 0, label: t("simulate.plan.draft") },
    ...versions.toReversed().map((version) => ({ value: version, label: t("simulate.plan.version", { version }) })),
  ];
  return (
    <div>
      <label htmlFor="try-plan">{t("simulate.plan")}</label>
      <Select
        id="try-plan"
        value={choice.plan === "draft" ? 0 : choice.plan}
        options={options}
        onChange={(value) => onChoose({ ...choice, plan: value === 0 ? "draft" : value })}
      />
    </div>
  );
}

function ChooseAgainst({ campaign, words, choice, onChoose }: Props) {
  const { t, language } = useLanguage();
  const others = useCampaigns().filter(
    ({ id, activeVersion, currency }) => id !== campaign && activeVersion !== undefined && currency === words.currency,
  );
  const version = words.campaign?.activeVersion;
  const options = [
    ...(version === undefined ? [] : [{ value: "inForce", label: t("simulate.against.inForce", { version }) }]),
    { value: "nothing", label: t("simulate.against.nothing") },
    ...others.map(({ id, name }) => ({
      value: `of-${id}`,
      label: t("simulate.against.other", { campaign: nameIn(language, name, id) }),
    })),
  ];
  const value = typeof choice.against === "string" ? choice.against : `of-${choice.against.campaign}`;
  const choose = (next: string) => {
    const against = next === "inForce" || next === "nothing" ? next : { campaign: next.slice(3) };
    // Sales of the other plan's period are what a new campaign is tried on; without another plan there are none.
    const facts = typeof against === "object" ? "shifted" : choice.facts === "shifted" ? "own" : choice.facts;
    onChoose({ ...choice, against, facts });
  };
  return (
    <div>
      <label htmlFor="try-against">{t("simulate.against")}</label>
      <Select
        id="try-against"
        showSearch={{ optionFilterProp: "label" }}
        value={value}
        options={options}
        onChange={choose}
      />
    </div>
  );
}

function ChooseFacts({ words, choice, onChoose }: Omit<Props, "campaign">) {
  const { t } = useLanguage();
  const start = words.campaign?.draft.period.start ?? words.plan?.period.start ?? "";
  const lastYear = yearBefore(start);
  const options = [
    { value: "own", label: t("simulate.facts.own") },
    ...(typeof choice.against === "object" ? [{ value: "shifted", label: t("simulate.facts.shifted") }] : []),
    { value: "lastYear", label: t("simulate.facts.lastYear") },
    { value: "day", label: t("simulate.facts.day") },
  ];
  const { facts } = choice;
  const value = typeof facts === "string" ? facts : facts.from === lastYear ? "lastYear" : "day";
  const choose = (next: string) => {
    if (next === "own" || next === "shifted") onChoose({ ...choice, facts: next });
    // Two years before: any day but the one of last year, so that the field is there to be filled in.
    else onChoose({ ...choice, facts: { from: next === "lastYear" ? lastYear : yearBefore(lastYear) } });
  };
  return (
    <div>
      <label htmlFor="try-facts">{t("simulate.facts")}</label>
      <Select id="try-facts" value={value} options={options} onChange={choose} />
    </div>
  );
}
