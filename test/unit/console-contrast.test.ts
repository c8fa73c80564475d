import { readFileSync } from "node:fs";
import { join } from "node:path";
import { theme } from "antd";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Look, themeOf } from "../../functions/console/theme.ts";

/** What can be read must differ from its ground by 4.5 : 1 (WCAG 2.1, 1.4.3), at rest, pointed at and pressed. */
const LEAST = 4.5;
/** Marks that are no text (WCAG 2.1, 1.4.11). */
const LEAST_OF_MARKS = 3;
const LOOKS = ["light", "dark"] as const;
const STATES = ["", "Hover", "Active"] as const;

beforeAll(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  return () => vi.unstubAllGlobals();
});

/** As a browser would have them. */
function tokens(look: Look): ReadonlyMap<string, string> {
  const all = Object.entries(theme.getDesignToken(themeOf(look)));
  return new Map(all.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
}

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

function colour(text: string): Colour {
  const [, hex = ""] = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text) ?? [];
  if (hex !== "") {
    const long = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
    const part = (at: number) => Number.parseInt(long.slice(at, at + 2), 16);
    return [part(0), part(2), part(4), 1];
  }
  const [, inside] = /^rgba?\(([^)]+)\)$/.exec(text) ?? [];
  const [red, green, blue, alpha = 1] = (inside ?? "").split(",").map(Number);
  if (red === undefined || green === undefined || blue === undefined) throw new Error(`No colour: ${text}`);
  return [red, green, blue, alpha];
}

/** What is seen of a colour that lets its ground through. */
function over([red, green, blue, alpha]: Colour, ground: Colour): Colour {
  const mix = (top: number, below: number) => top * alpha + below * (1 - alpha);
  return [mix(red, ground[0]), mix(green, ground[1]), mix(blue, ground[2]), 1];
}

function luminance([red, green, blue]: Colour): number {
  const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** @param grounds the lowest first: each may let the one below through */
function contrast(ink: string, ...grounds: string[]): number {
  const ground = grounds.map(colour).reduce((below, top) => over(top, below));
  const [lighter = 0, darker = 0] = [luminance(over(colour(ink), ground)), luminance(ground)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Pairs of names whose contrast is too low, with it. */
function tooLow(look: Look, pairs: readonly (readonly [ink: string, ...grounds: string[]])[], least = LEAST): string[] {
  const known = tokens(look);
  const tokenOf = (name: string) => {
    const value = name.startsWith("#") ? name : known.get(name);
    if (value === undefined) throw new Error(`No token ${name}`);
    return value;
  };
  return pairs.flatMap(([ink, ...grounds]) => {
    const ratio = contrast(tokenOf(ink), ...grounds.map(tokenOf));
    return ratio < least ? [`${look}: ${ink} on ${grounds.join(" on ")} is ${ratio.toFixed(2)}`] : [];
  });
}

const GROUNDS = ["colorBgContainer", "colorBgElevated", "colorBgLayout"];

describe("the contrast of what is read", () => {
  it("is measured as the standard says", () => {
    expect(contrast("#000", "#fff")).toBe(21);
    expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
    expect(contrast("rgba(0,0,0,0.5)", "#ffffff")).toBeCloseTo(contrast("#808080", "#ffffff"), 1);
  });

  it.each(LOOKS)(
    "is enough on every ground, %s: texts, and buttons, links and tabs at rest, pointed at and pressed",
    (look) => {
      const texts = ["", "Secondary", "Tertiary", "Description", "Placeholder", "Disabled", "Heading", "Label"];
      const inks = [
        ...texts.map((name) => `colorText${name}`),
        ...["colorPrimary", "colorLink", "colorError", "colorPrimaryText", "colorErrorText"].flatMap((name) =>
          STATES.map((state) => `${name}${state}`),
        ),
        "colorInfo",
        "colorIcon",
        "colorIconHover",
      ];
      expect(
        tooLow(
          look,
          inks.flatMap((ink) => GROUNDS.map((ground) => [ink, ground] as const)),
        ),
      ).toEqual([]);
    },
  );

  it.each(LOOKS)(
    "is enough on full colours, %s: primary and danger buttons at rest, pointed at and pressed, and hints",
    (look) => {
      const grounds = ["colorPrimary", "colorError"].flatMap((name) => STATES.map((state) => `${name}${state}`));
      const pairs = [...grounds, "colorBgSpotlight"].map(
        (ground) => ["colorTextLightSolid", "colorBgLayout", ground] as const,
      );
      expect(tooLow(look, pairs)).toEqual([]);
    },
  );

  it.each(LOOKS)("is enough on what is chosen or pointed at in lists, %s, and in notes", (look) => {
    const chosen = ["controlItemBgActive", "controlItemBgActiveHover", "colorPrimaryBg", "colorPrimaryBgHover"];
    const pairs = [
      ...chosen.flatMap((ground) => ["colorText", "colorPrimary"].map((ink) => [ink, ground] as const)),
      ...["controlItemBgHover", "colorBgTextHover", "colorBgTextActive", "colorFillAlter", "colorFillTertiary"].flatMap(
        (fill) => GROUNDS.map((ground) => ["colorText", ground, fill] as const),
      ),
      ...["Info", "Success", "Warning", "Error"].flatMap((kind) =>
        ["colorText", "colorTextHeading", "colorTextDescription"].map((ink) => [ink, `color${kind}Bg`] as const),
      ),
      ...["colorError", "colorErrorHover", "colorErrorActive"].map((ink) => [ink, "colorErrorBg"] as const),
      ...["colorLink", "colorLinkHover", "colorLinkActive"].map((ink) => [ink, "colorInfoBg"] as const),
    ];
    expect(tooLow(look, pairs)).toEqual([]);
  });

  it("is enough where a part draws on colours of its own in the dark", () => {
    const { Badge, Checkbox, Radio, Switch } = themeOf("dark").components ?? {};
    const [mark, dot] = [Checkbox?.colorWhite ?? "", Radio?.colorWhite ?? ""];
    const onPrimary = ["colorPrimary", "colorPrimaryHover"];
    expect(
      tooLow(
        "dark",
        onPrimary.flatMap((ground) => [mark, dot].map((ink) => [ink, ground] as const)),
      ),
    ).toEqual([]);
    const handles = [Switch?.colorPrimary ?? "", Switch?.colorPrimaryHover ?? ""].map(
      (ground) => ["#ffffff", ground] as const,
    );
    expect(tooLow("dark", handles, LEAST_OF_MARKS)).toEqual([]);
    // The counts beside a form's parts are red and brown in either look.
    for (const ground of ["#b3261e", "#8a5a00"]) {
      expect(contrast(String(Badge?.colorTextLightSolid), ground)).toBeGreaterThanOrEqual(LEAST);
    }
  });
});

/** The variables of the console's own sheets, by the look that they are of. */
function variables(look: Look): ReadonlyMap<string, string> {
  const sheet = readFileSync(join(import.meta.dirname, "../../functions/console/styles/base.css"), "utf8");
  const [, light = ""] = /^:root \{([^}]*)\}/m.exec(sheet) ?? [];
  const [, dark = ""] = /^:root\[data-look="dark"\] \{([^}]*)\}/m.exec(sheet) ?? [];
  const pairs = (text: string) =>
    [...text.matchAll(/--([\w-]+): (#\w+);/g)].map(([, name = "", value = ""]) => [name, value] as const);
  return new Map([...pairs(light), ...(look === "dark" ? pairs(dark) : [])]);
}

describe("the contrast in the console's own sheets", () => {
  it.each(LOOKS)("is enough on ground, card and what is pointed at, %s", (look) => {
    const known = variables(look);
    const grounds = ["ground", "card", "green-soft"];
    const inks = ["ink", "quiet", "green", "gold", "red", "blue"];
    expect(known.size).toBe(10);
    const low = grounds.flatMap((ground) =>
      inks.flatMap((ink) => {
        const ratio = contrast(known.get(ink) ?? "", known.get(ground) ?? "");
        return ratio < LEAST ? [`${look}: ${ink} on ${ground} is ${ratio.toFixed(2)}`] : [];
      }),
    );
    expect(low).toEqual([]);
  });
});
