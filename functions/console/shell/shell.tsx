import { LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { Fragment, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { PLACES, type PlaceGroup } from "./places.ts";
import { LanguageSwitch, LookSwitch } from "./switches.tsx";

/** The places that are open to the caller. Whoever has their home only needs no menu. */
function useOpenPlaces(): readonly PlaceGroup[] {
  const { may } = useCaller();
  const open = PLACES.map(({ label, places }) => ({
    label,
    places: places.filter(({ needs }) => needs === undefined || may(needs)),
  })).filter(({ places }) => places.length > 0);
  return open.flatMap(({ places }) => places).length > 1 ? open : [];
}

/** What stands around every screen. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = useLanguage();
  const groups = useOpenPlaces();
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
        <div className="bar-end">
          <LanguageSwitch />
          <LookSwitch />
          <Account />
        </div>
      </header>
      <div className={groups.length === 0 ? "body body-alone" : "body"}>
        {groups.length > 0 && <Places groups={groups} />}
        <main id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}

function Places({ groups }: { readonly groups: readonly PlaceGroup[] }) {
  const { t } = useLanguage();
  const [location] = useLocation();
  const isHere = (href: string) => (href === "/" ? location === "/" : `${location}/`.startsWith(`${href}/`));
  return (
    <nav className="places" aria-label={t("nav.menu")}>
      <div className="places-list">
        {groups.map(({ label, places }) => (
          <Fragment key={label}>
            <h2>{t(label)}</h2>
            {places.map(({ href, label: name, icon: Icon }) => (
              <Link key={href} href={href} className="place" {...(isHere(href) ? { "aria-current": "page" } : {})}>
                <Icon aria-hidden="true" />
                {t(name)}
              </Link>
            ))}
          </Fragment>
        ))}
      </div>
    </nav>
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
