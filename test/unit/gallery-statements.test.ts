import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "#app/statements/texts/texts.ts";
import { expectedOf, FOLDERS, inputsOf, oracleOf, settlementOf, WITH_ORACLE } from "#test/fixtures/gallery.ts";
import { statementsOf, type Told } from "#test/fixtures/gallery-statements.ts";

/**
 * One statement of each folder in each language, word for word, so that a change of wording is seen in review. After a change that is
 * meant, run this file with `-u` and read the difference.
 */

const FILES = join(import.meta.dirname, "../fixtures/statements");

/** Of the last run: who has most to be told. */
function fullestOf(told: readonly Told[]): Told {
  const [first, ...rest] = told;
  if (first === undefined) throw new RangeError("nobody is told anything");
  return rest.reduce((fullest, other) => (other.text.length > fullest.text.length ? other : fullest), first);
}

function toldIn(folder: string, lang: (typeof LANGUAGES)[number]): readonly Told[] {
  if (folder === WITH_ORACLE) {
    const inputs = inputsOf(folder);
    return statementsOf(inputs, settlementOf(inputs, { asOf: oracleOf().asOf, closedOnly: false }), lang);
  }
  const run = expectedOf(folder).runs.at(-1);
  if (run === undefined) throw new RangeError(`${folder} has no run`);
  const inputs = inputsOf(folder, run);
  return statementsOf(inputs, settlementOf(inputs, run), lang);
}

describe.each(FOLDERS)("%s", (folder) => {
  it.each(LANGUAGES)("reads as it did, in %s", async (lang) => {
    const told = toldIn(folder, lang);
    const { payee } = fullestOf(toldIn(folder, "en"));
    const text = told.find((other) => other.payee === payee)?.text ?? "";
    await expect(text).toMatchFileSnapshot(join(FILES, `${folder}.${lang}.txt`));
  });
});
