import type { Problem } from "#domain/problem.ts";

/** Characters that nobody sees: zero-width ones, marks of direction, soft hyphens, variation selectors, tags. */
const INVISIBLE =
  /\p{Cf}|\p{Variation_Selector}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u180b|\u180c|\u180d|\u180f|\u3164|\uffa0/u;

/** Alphabets whose letters look like each other's. */
const ALPHABETS = [
  ["Latin", /\p{Script=Latin}/u],
  ["Cyrillic", /\p{Script=Cyrillic}/u],
  ["Greek", /\p{Script=Greek}/u],
] as const;

/**
 * Why a text must not name anybody: two ids that look the same and are not would pay one person's sales to another, or to nobody.
 *
 * @returns undefined for a text that is what it looks like; Chinese, digits and one alphabet may mix
 */
export function lookAlikeProblem(path: string, text: string): Problem | undefined {
  const hidden = INVISIBLE.exec(text)?.[0];
  if (hidden !== undefined) {
    return {
      code: "invisible-character",
      path,
      message: `the id has the invisible character ${codeOf(hidden)}`,
      seen: escaped(text),
      allowed: text.replaceAll(new RegExp(INVISIBLE, "gu"), ""),
      mend: "remove it",
    };
  }
  const plain = text.normalize("NFKC");
  if (plain !== text) {
    return {
      code: "look-alike",
      path,
      message: "the id has characters that only look like others (full-width, superscript, composed ones)",
      seen: escaped(text),
      allowed: plain,
      mend: `write ${JSON.stringify(plain)}, if that is meant`,
    };
  }
  const mixed = ALPHABETS.filter(([, letters]) => letters.test(text)).map(([name]) => name);
  if (mixed.length < 2) return undefined;
  return {
    code: "look-alike",
    path,
    message: `the id mixes letters of ${mixed.join(" and ")}`,
    seen: escaped(text),
    allowed: "letters of one alphabet",
    mend: "write the id again on one keyboard",
  };
}

/** All but plain ASCII as code points, so that the difference is seen. */
function escaped(text: string): string {
  return [...text.slice(0, 60)].map((letter) => (/^[ -~]$/.test(letter) ? letter : `<${codeOf(letter)}>`)).join("");
}

function codeOf(letter: string): string {
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
