import { Card } from "antd";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { LanguageSwitch, LookSwitch } from "../shell/switches.tsx";
import { Facts } from "./facts.tsx";

/** What the token says of the caller, and what they like. */
export function AccountView() {
  const { t } = useLanguage();
  const { me } = useCaller();
  return (
    <div className="stack">
      <Card title={<h2>{me.name ?? me.subject}</h2>}>
        <Facts
          facts={[
            [t("settings.subject"), <code key="subject">{me.subject}</code>],
            [t("settings.roles"), me.roles.map((role) => t(`role.${role}`)).join(", ")],
            [t("settings.units"), me.units.join(", ")],
            [t("settings.sources"), me.sources.join(", ")],
            [t("settings.client"), me.client],
            [t("settings.operations"), me.operations.length],
          ]}
        />
        <p className="quiet">{t("settings.account.text")}</p>
      </Card>
      <Card title={<h2>{t("settings.look")}</h2>}>
        <div className="row">
          <LanguageSwitch />
          <LookSwitch />
        </div>
        <p className="quiet">{t("settings.look.text")}</p>
      </Card>
    </div>
  );
}
