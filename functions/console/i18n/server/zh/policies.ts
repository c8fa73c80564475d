import { planChoices } from "../../zh/plan-choices.ts";
import { planFields } from "../../zh/plan-fields.ts";

/**
 * A policy that a plan does not state: `say what …: `a` – this · `b` – that`. Its question and choices have names in the plan's own
 * tables, by the field that the path ends with.
 */
export function tellPolicy(message: string, path: string): string | undefined {
  if (!/^say .{0,300}: `[\w-]+` – /s.test(message)) return undefined;
  const names = path.split("/").filter((part) => part !== "" && !/^\d+$/.test(part));
  const [last = "", around = ""] = [names.at(-1), names.at(-2)];
  const name = found(planFields, [`${around}.${last}`, last]);
  const choices = [...message.matchAll(/`([\w-]+)` – /g)].map(([, word = ""]) => choiceOf(word, last, around));
  if (name === undefined || choices.includes(undefined)) return undefined;
  return `须选择“${name[0]}”：${choices.join("；")}`;
}

function choiceOf(word: string, last: string, around: string): string | undefined {
  const own = Object.keys(planChoices).find((key) => key.endsWith(`.${last}=${word}`));
  const told = found(planChoices, [
    `${around}.${last}=${word}`,
    `${last}=${word}`,
    ...(own === undefined ? [] : [own]),
  ]);
  if (told === undefined) return undefined;
  const [name, help] = told;
  return `${word}——${name}${help === undefined ? "" : `，${help}`}`;
}

function found(table: Readonly<Record<string, string>>, keys: readonly string[]): readonly string[] | undefined {
  const key = keys.find((one) => Object.hasOwn(table, one));
  return key === undefined ? undefined : table[key]?.split("|");
}
