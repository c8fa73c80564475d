/** What a card of the gallery says of a scheme. The build writes it, out of the scheme's pages and its plan (`infra/lib/console-gallery.ts`). */
export interface Scheme {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly summary: { readonly en: string; readonly zh: string };
  /** Who it is for: the page's "When to use it", point by point. */
  readonly uses: { readonly en: readonly string[]; readonly zh: readonly string[] };
  /** Kinds of reward. */
  readonly kinds: readonly string[];
}
