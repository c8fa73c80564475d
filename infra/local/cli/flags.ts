import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./command.ts";

/** The values of the flags that were given. */
export interface FlagValues<F extends string> {
  get(name: F): string | undefined;
}

/** Reads flags that all take a value, and `--help`; anything else on the command line is a {@link UsageError}. */
export function readFlags<F extends string>(
  args: readonly string[],
  names: readonly F[],
): { readonly help: boolean; readonly values: FlagValues<F> } {
  const options: NonNullable<ParseArgsConfig["options"]> = { help: { type: "boolean", short: "h" } };
  for (const name of names) options[name] = { type: "string" };
  const parsed = parse([...args], options);
  const values = new Map<F, string>();
  for (const name of names) {
    const value = parsed[name];
    if (typeof value === "string") values.set(name, value);
  }
  return { help: parsed.help === true, values };
}

function parse(args: string[], options: NonNullable<ParseArgsConfig["options"]>) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message.split(". ")[0]);
    throw error;
  }
}

export function requiredFlag<F extends string>(values: FlagValues<F>, name: F): string {
  const value = values.get(name);
  if (value === undefined || value === "") throw new UsageError(`--${name} is missing`);
  return value;
}

/** A flag with a fixed set of values, the first of them the default. */
export function choiceFlag<F extends string, T extends string>(
  values: FlagValues<F>,
  name: F,
  choices: readonly [T, ...T[]],
): T {
  const value = values.get(name);
  if (value === undefined) return choices[0];
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new UsageError(`--${name} ${value}: use ${choices.join(" or ")}`);
  return choice;
}
