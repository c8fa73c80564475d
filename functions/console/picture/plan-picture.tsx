import { Card } from "antd";
import { useMemo } from "react";
import type { Conduct } from "#domain/conduct.ts";
import type { Plan } from "../api/plan-names.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import type { HalfPlan } from "./half.ts";
import { type PlanPictureData, pictureOf } from "./model.ts";
import { RewardCard } from "./reward-card.tsx";
import { TimeLineView } from "./time-line-view.tsx";
import type { UnitNames } from "./words.ts";

interface Props {
  /** A valid plan, or one that is still being written. */
  readonly plan: Plan | HalfPlan;
  /** How a campaign is conducted beside it: pilot, pauses, stop. */
  readonly conduct?: Conduct | undefined;
  /** Names of units, where they are known. */
  readonly units?: UnitNames | undefined;
}

/** A plan in a picture: when, who, what counts, and a card a reward. */
export default function PlanPicture({ plan, conduct, units }: Props) {
  const { t, language } = useLanguage();
  const picture = useMemo(() => pictureOf(plan, language, conduct, units), [plan, language, conduct, units]);
  return (
    <div className="stack">
      <Card title={<h2>{t("picture.time")}</h2>}>
        {picture.time ? <TimeLineView time={picture.time} words={picture.words} /> : <p>{t("picture.time.none")}</p>}
      </Card>
      <Facts picture={picture} />
      <h2>{t("picture.rewards")}</h2>
      {picture.rewards.length === 0 && (
        <Card>
          <EmptyView title={t("picture.rewards.none")} next={t("picture.rewards.none.next")} />
        </Card>
      )}
      <div className="reward-columns">
        {picture.rewards.map((reward) => (
          <RewardCard key={reward.id} reward={reward} words={picture.words} />
        ))}
      </div>
    </div>
  );
}

/** Who takes part, what counts, targets, limits. */
function Facts({ picture }: { readonly picture: PlanPictureData }) {
  const { t } = useLanguage();
  const { audience, counts, targets, limits, payout } = picture;
  return (
    <div className="cards">
      <Card title={<h2>{t("picture.who")}</h2>}>
        <Lines lines={audience} />
      </Card>
      <Card title={<h2>{t("picture.counts")}</h2>}>
        {counts.length === 0 && <p>{t("picture.counts.all")}</p>}
        <ul className="reward-rules">
          {counts.map(({ name, means, code }) => (
            <li key={`${name} ${code}`}>
              {name}
              {means.length > 0 ? (
                <div className="quiet">{means.join(" · ")}</div>
              ) : (
                <div>
                  <code className="condition">{code}</code>
                </div>
              )}
            </li>
          ))}
        </ul>
      </Card>
      {targets.length > 0 && (
        <Card title={<h2>{t("picture.targets")}</h2>}>
          <ul className="reward-rules">
            {targets.map(({ text, used }) => (
              <li key={text}>
                {text} <span className="quiet">{used}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {limits.length > 0 && (
        <Card title={<h2>{t("picture.limits")}</h2>}>
          <ul className="reward-rules">
            {limits.map(({ title, text }) => (
              <li key={`${title} ${text}`}>
                <strong>{title}</strong> <span>{text}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {payout.length > 0 && (
        <Card title={<h2>{t("picture.payout")}</h2>}>
          <Lines lines={payout} />
        </Card>
      )}
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className="reward-rules">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
