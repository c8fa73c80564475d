import { MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { LANGUAGE_NAMES, LANGUAGES, useLanguage } from "../i18n/language.ts";
import { useLook } from "../theme.ts";

export function LanguageSwitch() {
  const { language, setLanguage, t } = useLanguage();
  const options = LANGUAGES.map((one) => ({ value: one, label: <span lang={one}>{LANGUAGE_NAMES[one]}</span> }));
  return (
    <Segmented aria-label={t("nav.language")} options={options} value={language} onChange={setLanguage} size="small" />
  );
}

export function LookSwitch() {
  const { look, setLook } = useLook();
  const { t } = useLanguage();
  const other = look === "dark" ? "light" : "dark";
  const name = t(other === "dark" ? "nav.theme.dark" : "nav.theme.light");
  return (
    <Button
      type="text"
      aria-label={name}
      title={name}
      icon={look === "dark" ? <SunOutlined /> : <MoonOutlined />}
      onClick={() => setLook(other)}
    />
  );
}
