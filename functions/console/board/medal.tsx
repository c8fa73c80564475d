import { useLanguage } from "../i18n/language.ts";

/** A place so far; the first three stand out while they win something. */
export function Medal({ rank, isWinning }: { readonly rank: number | undefined; readonly isWinning: boolean }) {
  const { t } = useLanguage();
  if (rank === undefined) {
    return (
      <span className="medal medal-none" title={t("board.noPlace")}>
        <span aria-hidden="true">–</span>
        <span className="hidden">{t("board.noPlace")}</span>
      </span>
    );
  }
  const look = isWinning ? (rank <= 3 ? `medal-${rank}` : "medal-winning") : "";
  return (
    <span className={`medal ${look}`} title={isWinning ? t("board.winning") : ""}>
      {rank}
    </span>
  );
}
