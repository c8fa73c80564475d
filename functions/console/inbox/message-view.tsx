import { Button } from "antd";
import { useLanguage } from "../i18n/language.ts";
import { pretty } from "./items.ts";
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label={title} tabIndex={0} className="facts-body">
        <pre>{shown}</pre>
      </section>
    </figure>
  );
}
