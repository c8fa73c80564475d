import { Card } from "antd";
import { useCaller } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import type { Names } from "../statement/names.ts";
import type { ShownDispute } from "./types.ts";

interface Props {
  readonly dispute: ShownDispute;
  readonly names: Names;
  readonly zone: string | undefined;
}

/** What happened, in order: both sides read the same. */
export function Conversation({ dispute, names, zone }: Props) {
  const { t, locale } = useLanguage();
  const { me } = useCaller();
  return (
    <Card title={<h2>{t("disputes.conversation")}</h2>}>
      <ol className="conversation">
        {dispute.events.map(({ at, by, command, text }) => (
          <li key={`${at} ${command} ${text ?? ""}`} className={by === me.subject ? "said-own" : ""}>
            <p className="quiet">
              {t(`disputes.did.${command}`, { who: by === me.subject ? t("disputes.you") : names.subject(by) })} ·{" "}
              {date(at, locale, "minute", zone)}
            </p>
            {text !== undefined && command !== "open" && <p className="said">{text}</p>}
            {command === "open" && <p className="said">{dispute.claim}</p>}
          </li>
        ))}
      </ol>
    </Card>
  );
}
