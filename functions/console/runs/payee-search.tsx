import { Input } from "antd";
import { useLanguage } from "../i18n/language.ts";

interface Props {
  readonly text: string;
  readonly onType: (text: string) => void;
}

/** Narrows a table to the payees whose name or id is typed. */
export function PayeeSearch({ text, onType }: Props) {
  const { t } = useLanguage();
  return (
    <Input.Search
      allowClear
      placeholder={t("differences.search")}
      aria-label={t("differences.search")}
      value={text}
      onChange={({ target }) => onType(target.value)}
    />
  );
}
