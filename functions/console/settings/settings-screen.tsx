import { Tabs } from "antd";
import { useLocation, useParams } from "wouter";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { AccountView } from "./account-view.tsx";
import { Layouts } from "./layouts.tsx";
import { ServiceView } from "./service-view.tsx";

/** One's own account, how payout files look, and how the service is. */
export default function SettingsScreen() {
  const { t } = useLanguage();
  const { may } = useCaller();
  const { part = "account" } = useParams<{ part?: string }>();
  const [, go] = useLocation();
  const items = [
    { key: "account", label: t("settings.account"), children: <AccountView /> },
    ...(may("listPayoutLayouts") ? [{ key: "layouts", label: t("settings.layouts"), children: <Layouts /> }] : []),
    { key: "service", label: t("settings.service"), children: <ServiceView /> },
  ];
  return (
    <div className="page">
      <h1>{t("settings.title")}</h1>
      <Tabs activeKey={part} items={items} destroyOnHidden onChange={(key) => go(`/settings/${key}`)} />
    </div>
  );
}
