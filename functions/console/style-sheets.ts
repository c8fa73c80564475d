/**
 * Ant Design writes its styles while it runs, into `<style>` elements. A strict content security policy forbids those; what it
 * allows is style sheets that a script constructs. The build puts this file in the place of `@rc-component/util`'s `dynamicCSS`
 * and of the icons' `cssUtils`, with the same functions: so no nonce is needed, and the page can be a plain file.
 */

interface Options {
  readonly mark?: string;
  readonly prepend?: boolean | "queue";
  readonly priority?: number;
}

interface Kept {
  readonly name: string;
  /** Stands for the style element that callers expect; they write their marks on it. */
  readonly marker: HTMLElement;
  readonly sheet: CSSStyleSheet;
  readonly order: number;
  css: string;
}

/** Sheets that ask for no place in front stand behind all that do. */
const BEHIND = Number.MAX_SAFE_INTEGER;

const kept: Kept[] = [];
let unnamed = 0;

export function updateCSS(css: string, key: string, options: Options = {}): HTMLElement {
  const name = nameOf(key, options);
  const known = kept.find((one) => one.name === name);
  if (known === undefined) return add(name, css, options);
  if (known.css !== css) {
    known.css = css;
    known.sheet.replaceSync(css);
  }
  return known.marker;
}

export function injectCSS(css: string, options: Options = {}): HTMLElement {
  unnamed += 1;
  return add(`unnamed ${unnamed}`, css, options);
}

export function removeCSS(key: string, options: Options = {}): void {
  const at = kept.findIndex(({ name }) => name === nameOf(key, options));
  if (at < 0) return;
  kept.splice(at, 1);
  adopt();
}

/** Nothing here lies in a shadow tree. */
export function getShadowRoot(): null {
  return null;
}

/** The icons warn of wrong props while they are developed; here types do. */
export function warningOnce(): void {}

/** There is no cache of containers here. */
export function clearContainerCache(): void {}

function nameOf(key: string, { mark = "rc-util-key" }: Options): string {
  return `${mark} ${key}`;
}

function add(name: string, css: string, { prepend, priority = 0 }: Options): HTMLElement {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const order = prepend === undefined || prepend === false ? BEHIND : priority;
  const marker = document.createElement("template");
  // Of the same order the later stands behind, as with elements.
  const at = kept.findIndex((one) => one.order > order);
  kept.splice(at < 0 ? kept.length : at, 0, { name, marker, sheet, order, css });
  adopt();
  return marker;
}

function adopt(): void {
  document.adoptedStyleSheets = kept.map(({ sheet }) => sheet);
}
