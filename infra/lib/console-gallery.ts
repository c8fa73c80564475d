import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { planSchema } from "#domain/plan/plan.ts";
import type { Scheme } from "#functions/console/plan/scheme.ts";

const SCHEMES = fileURLToPath(new URL("../../shared/gallery", import.meta.url));

/** Where the console finds the gallery, below its own folder. */
export const GALLERY = "gallery";

/** Puts the gallery's plans into a folder as they stand, with an index for cards. */
export function writeGallery(folder: string): void {
  const to = join(folder, GALLERY);
  mkdirSync(to, { recursive: true });
  const schemes = schemesOf();
  for (const { id } of schemes) writeFileSync(join(to, `${id}.yaml`), readFileSync(join(SCHEMES, id, "plan.yaml")));
  writeFileSync(join(to, "index.json"), JSON.stringify(schemes));
}

/** Of every folder of the gallery that holds a plan. */
export function schemesOf(): Scheme[] {
  const ids = readdirSync(SCHEMES).filter((id) => existsSync(join(SCHEMES, id, "plan.yaml")));
  return ids.sort().map((id) => {
    const text = (file: string) => readFileSync(join(SCHEMES, id, file), "utf8");
    const plan = planSchema.parse(parse(text("plan.yaml")));
    const pages = { en: pageOf(text("README.md")), zh: pageOf(text("README.zh.md")) };
    return {
      id,
      name: { en: pages.en.title, zh: pages.zh.title },
      summary: { en: pages.en.summary, zh: pages.zh.summary },
      uses: { en: pages.en.uses, zh: pages.zh.uses },
      kinds: [...new Set(plan.rewards.map(({ kind }) => kind))],
    };
  });
}

interface Page {
  readonly title: string;
  readonly summary: string;
  readonly uses: readonly string[];
}

/** The title, the first paragraph that is no link to the other language, and the points of the first chapter. */
function pageOf(markdown: string): Page {
  const [head = "", first = ""] = markdown.split(/^## .*$/m);
  const [title = "", ...paragraphs] = head.split(/\n\s*\n/);
  const summary = paragraphs.find((paragraph) => !/^\s*\[[^\]]*\]\([^)]*\)\s*$/.test(paragraph)) ?? "";
  const uses = first
    .trim()
    .split(/\n(?=- )/)
    .filter((point) => point.startsWith("- "));
  return {
    title: plain(title.replace(/^# /, "")),
    summary: plain(summary),
    uses: uses.map((point) => plain(point.slice(2))),
  };
}

/** Markdown as a text without marks; lines of Chinese join without a space. */
function plain(markdown: string): string {
  return markdown
    .trim()
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[`*]/g, "")
    .replaceAll(/(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])/g, "")
    .replaceAll(/\s*\n\s*/g, " ");
}
