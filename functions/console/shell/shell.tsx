import { LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { LanguageSwitch, LookSwitch } from "./switches.tsx";

/** What stands around every screen. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = useLanguage();
  const { may } = useCaller();
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t("app.skip")}
      </a>
      <header className="bar">
        <Link href="/" className="brand" aria-label={t("app.name")}>
          <img src="/console/icon.svg" alt="" width={28} height={28} />
          <span>{t("app.name")}</span>
        </Link>
        <nav aria-label={t("nav.menu")}>
          <Place href="/" label={t("nav.home")} exact />
          {may("listCampaigns") && <Place href="/campaigns" label={t("nav.campaigns")} />}
        </nav>
        <div className="bar-end">
          <LanguageSwitch />
          <LookSwitch />
          <Account />
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function Place({
  href,
  label,
  exact = false,
}: {
  readonly href: string;
  readonly label: string;
  readonly exact?: boolean;
}) {
  const [location] = useLocation();
  const isHere = exact ? location === href : location.startsWith(href);
  return (
    <Link href={href} className="place" {...(isHere ? { "aria-current": "page" } : {})}>
      {label}
    </Link>
  );
}

function Account() {
  const { t } = useLanguage();
  const { me, signOut } = useCaller();
  const roles = me.roles.map((role) => t(`role.${role}`)).join(", ");
  const name = me.name ?? me.subject;
  const items = [
    { key: "who", label: `${name} · ${roles}`, disabled: true },
    { key: "out", label: t("nav.signOut"), icon: <LogoutOutlined />, onClick: signOut },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button type="text" icon={<UserOutlined />} aria-label={`${t("nav.account")}: ${name}`} className="account">
        <span className="account-name">{name}</span>
      </Button>
    </Dropdown>
  );
}
