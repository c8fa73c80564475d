import type { Answer } from "../api/client.ts";
import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { type Translate, useLanguage } from "../i18n/language.ts";
import { Movement } from "./movement.tsx";

type Standing = Answer<"getBoardPlace">;

/** `3 of 120`, or between which places it is. */
export function placeText(t: Translate, locale: string, place: Standing["place"]): string {
  if (place === undefined) return t("board.noPlace");
  return t(place.isExact ? "board.placeExact" : "board.placeBetween", {
    from: count(place.from, locale),
    to: count(place.to, locale),
    of: count(place.of, locale),
  });
}

/** Where it was when the last day was over: as a movement where both are exact, else as the place that it was. */
export function PlaceMovement({ standing: { place, before, since } }: { readonly standing: Standing }) {
  const { t, locale } = useLanguage();
  if (since === undefined || before === undefined) return null;
  const day = date(since.day, locale, "day");
  if (place?.isExact && before.isExact) {
    return (
      <p>
        <Movement row={{ rank: place.from, before: before.from }} since={since} />{" "}
        <span className="quiet">{t("board.move.since", { day })}</span>
      </p>
    );
  }
  return <p className="quiet">{t("board.placeBefore", { place: placeText(t, locale, before), day })}</p>;
}
