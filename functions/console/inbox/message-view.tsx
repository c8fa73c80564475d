import { Button } from "antd";
import { useLanguage } from "../i18n/language.ts";
import { pretty } from "./items.ts";
import { Scrolled } from "./scrolled.tsx";
import { useCopy } from "./use-copy.ts";

/** A message as it came, readable and to be copied. */
export function MessageView({ title, text }: { readonly title: string; readonly text: string }) {
  const { t } = useLanguage();
  const copy = useCopy();
  const shown = pretty(text);
  return (
    <figure className="facts-message">
      <figcaption>
        <strong>{title}</strong>{" "}
        <Button size="small" onClick={() => copy(shown)}>
          {t("facts.copy")}
        </Button>
      </figcaption>
      <Scrolled className="facts-body" label={title}>
        <pre>{shown}</pre>
      </Scrolled>
    </figure>
  );
}
