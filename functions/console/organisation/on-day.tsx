import { Input } from "antd";
import { useId } from "react";
import { useSearchParams } from "wouter";
import { useLanguage } from "../i18n/language.ts";

/** The day that people and units are looked at, in the address so that it can be sent to others. Without one: today. */
export function useDay(): { readonly day: string; readonly setDay: (day: string) => void; readonly query: string } {
  const [search, setSearch] = useSearchParams();
  const said = search.get("on") ?? "";
  const day = /^\d{4}-\d\d-\d\d$/.test(said) ? said : new Date().toLocaleDateString("sv-SE");
  const setDay = (next: string) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (next === "") after.delete("on");
      else after.set("on", next);
      return after;
    });
  return { day, setDay, query: day === said ? `?on=${day}` : "" };
}

export function DayPicker({ day, onChange }: { readonly day: string; readonly onChange: (day: string) => void }) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <span className="day-picker">
      <label htmlFor={id}>{t("company.on")}</label>
      <Input id={id} type="date" value={day} onChange={({ target }) => onChange(target.value)} />
    </span>
  );
}

/** Days as ISO texts are in order. The end is the first day no longer in force. */
export function isInForce(
  { from, to }: { readonly from: string | null; readonly to: string | null },
  day: string,
): boolean {
  return (from === null || from <= day) && (to === null || day < to);
}

/** The last day in force: the day before the one that is written. */
export function lastDay(to: string): string {
  const before = new Date(new Date(`${to}T00:00:00Z`).getTime() - 86_400_000);
  return Number.isNaN(before.getTime()) ? to : before.toISOString().slice(0, 10);
}
