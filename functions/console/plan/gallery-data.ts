import { useQuery } from "@tanstack/react-query";
import type { Language } from "../i18n/language.ts";
import type { Scheme } from "./scheme.ts";
import { isFields } from "./shape.ts";

/** The gallery lies beside the page, made by the build out of the same folders that are tested. */
const FOLDER = "/console/gallery";

export function useSchemes() {
  return useQuery({
    queryKey: ["gallery"],
    queryFn: async (): Promise<readonly Scheme[]> => {
      const found: unknown = await (await asked("index.json")).json();
      return Array.isArray(found) ? found.filter(isScheme) : [];
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export async function schemeText(id: string): Promise<string> {
  return (await asked(`${id}.yaml`)).text();
}

async function asked(file: string): Promise<Response> {
  const response = await fetch(`${FOLDER}/${file}`);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response;
}

function isScheme(value: unknown): value is Scheme {
  return isFields(value) && typeof value.id === "string" && isFields(value.name) && Array.isArray(value.kinds);
}

/** Whether all words of a search stand in what a card says, in either language. */
export function schemeFits(scheme: Scheme, search: string, kinds: readonly string[]): boolean {
  const { id, name, summary, uses } = scheme;
  const said = [id, name.en, name.zh, summary.en, summary.zh, ...uses.en, ...uses.zh, ...kinds].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

export function inLanguage<T>(texts: { readonly en: T; readonly zh: T }, language: Language): T {
  return texts[language];
}
