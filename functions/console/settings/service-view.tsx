import { useQuery } from "@tanstack/react-query";
import { Card } from "antd";
import { useAnswer } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { readConfig } from "../sign-in/oidc.ts";
import { Facts } from "./facts.tsx";

/** Whether the service answers, which version of its API, and who signs people and machines in. */
export function ServiceView() {
  const { t } = useLanguage();
  const health = useAnswer("getHealth", {}, { every: 30_000 });
  const api = useAnswer("getOpenApi");
  const config = useQuery({ queryKey: ["config.json"], queryFn: readConfig });
  return (
    <div className="stack">
      <Card title={<h2>{t("settings.service")}</h2>}>
        <Answered query={health}>
          {() => (
            <Facts
              facts={[
                [
                  t("settings.health"),
                  <StateMark key="health" tone="good">
                    {t("settings.health.ok")}
                  </StateMark>,
                ],
                [t("settings.api"), versionOf(api.data)],
                [t("settings.address"), <code key="address">{location.origin}</code>],
                [
                  t("settings.document"),
                  <a key="document" href="/v1/openapi.json">
                    /v1/openapi.json
                  </a>,
                ],
              ]}
            />
          )}
        </Answered>
      </Card>
      <Card title={<h2>{t("settings.signIn")}</h2>}>
        <Answered query={config}>
          {({ issuer, clientId, token }) => (
            <Facts
              facts={[
                [t("settings.issuer"), <code key="issuer">{issuer}</code>],
                [t("settings.clientId"), <code key="client">{clientId}</code>],
                [t("settings.token"), <code key="token">{token}</code>],
              ]}
            />
          )}
        </Answered>
        <p className="quiet">{t("settings.machines")}</p>
      </Card>
    </div>
  );
}

function versionOf(document: Readonly<Record<string, unknown>> | undefined): string {
  const info = document?.info;
  const version: unknown = typeof info === "object" && info !== null ? Reflect.get(info, "version") : undefined;
  return typeof version === "string" ? version : "";
}
