/** What a text was before, and what it was before it was taken back: one history for the form and the YAML beside it. */

export interface History {
  readonly text: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Who changed it last and when: what the same hand types at once is taken back at once. */
  readonly last?: { readonly by: string; readonly at: number };
}

export type Change =
  | { readonly do: "change"; readonly text: string; readonly by: string; readonly at: number }
  | { readonly do: "undo" }
  | { readonly do: "redo" }
  | { readonly do: "start"; readonly text: string };

const MOST = 200;
/** Milliseconds between two keys that belong together. */
const AT_ONCE = 800;

export function startHistory(text: string): History {
  return { text, before: [], after: [] };
}

export function historyAfter(history: History, change: Change): History {
  switch (change.do) {
    case "start":
      return startHistory(change.text);
    case "undo": {
      const text = history.before.at(-1);
      if (text === undefined) return history;
      return { text, before: history.before.slice(0, -1), after: [history.text, ...history.after] };
    }
    case "redo": {
      const [text, ...after] = history.after;
      if (text === undefined) return history;
      return { text, before: [...history.before, history.text], after };
    }
    case "change": {
      if (change.text === history.text) return history;
      const { last } = history;
      const goesOn = last !== undefined && last.by === change.by && change.at - last.at < AT_ONCE;
      const before = goesOn ? history.before : [...history.before, history.text].slice(-MOST);
      return { text: change.text, before, after: [], last: { by: change.by, at: change.at } };
    }
  }
}
