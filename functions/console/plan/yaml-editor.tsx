import { closeBrackets } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  defaultHighlightStyle,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import type { Found } from "./findings.ts";

interface Props {
  readonly text: string;
  readonly found: readonly Found[];
  readonly isReadOnly: boolean;
  /** What is to be looked at; another object each time. */
  readonly reveal: { readonly from: number; readonly to: number } | undefined;
  readonly onChange: (text: string) => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}

/** The editor's own colours, in those of the page, which stand out on its light and on its dark ground. */
const COLOURS: Readonly<Record<string, string>> = {
  "#00c": "var(--green)",
  "#940": "var(--quiet)",
  "#a11": "var(--blue)",
  "#219": "var(--blue)",
  "#f00": "var(--red)",
};

const HIGHLIGHT = HighlightStyle.define(
  defaultHighlightStyle.specs.map((spec) => ({ ...spec, color: COLOURS[String(spec.color)] ?? "var(--ink)" })),
);

const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--card)", fontSize: "13px", height: "100%" },
  ".cm-scroller": { fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--green-soft)" },
  ".cm-gutters": { backgroundColor: "var(--ground)", color: "var(--quiet)", borderRight: "1px solid var(--edge)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--green-soft) 45%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--edge)" },
  ".cm-diagnostic": { padding: "6px 10px", maxWidth: "480px" },
});

/**
 * The plan as YAML. It lies in a shadow tree: there the editor keeps its styles in constructed sheets, which the page's policy
 * allows, and not in elements. What was before is the history of the whole page, so the editor has none of its own.
 */
export default function YamlEditor({ text, found, isReadOnly, reveal, onChange, onUndo, onRedo }: Props) {
  const words = useServerWords();
  const { t } = useLanguage();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const calls = useRef({ onChange, onUndo, onRedo });
  calls.current = { onChange, onUndo, onRedo };
  const first = useRef(text);
  first.current = text;
  const label = t("plan.yaml");

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({ doc: first.current, extensions: extensions() }),
    });
    view.current = editor;
    return () => editor.destroy();

    function extensions(): Extension[] {
      const run = (name: "onUndo" | "onRedo") => () => {
        calls.current[name]();
        return true;
      };
      return [
        lineNumbers(),
        highlightActiveLineGutter(),
        lintGutter(),
        drawSelection(),
        indentUnit.of("  "),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        yaml(),
        syntaxHighlighting(HIGHLIGHT),
        LOOK,
        EditorView.lineWrapping,
        EditorState.readOnly.of(isReadOnly),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
        keymap.of([
          { key: "Mod-z", run: run("onUndo"), preventDefault: true },
          { key: "Mod-y", run: run("onRedo"), preventDefault: true },
          { key: "Mod-Shift-z", run: run("onRedo"), preventDefault: true },
          ...defaultKeymap,
        ]),
        EditorView.updateListener.of(({ docChanged, state, transactions }) => {
          const isOwn = transactions.some(
            (one) => one.isUserEvent("input") || one.isUserEvent("delete") || one.isUserEvent("move"),
          );
          if (docChanged && isOwn) calls.current.onChange(state.doc.toString());
        }),
      ];
    }
  }, [isReadOnly, label]);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined) return;
    const change = changeBetween(editor.state.doc.toString(), text);
    if (change !== undefined) editor.dispatch({ changes: change });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined) return;
    const length = editor.state.doc.length;
    const diagnostics = found.map(({ from, to, severity, mend, ...one }): Diagnostic => {
      const { text: told } = words.sayWrong(one);
      return {
        from: Math.min(from, length),
        to: Math.min(firstLineEnd(text, from, to), length),
        severity: severity === "warns" ? "warning" : "error",
        message: mend === undefined ? told : `${told}\n${t("plan.found.mend", { mend: words.say(mend).text })}`,
      };
    });
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
  }, [found, text, words, t]);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || reveal === undefined) return;
    const anchor = Math.min(reveal.from, editor.state.doc.length);
    editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
  }, [reveal]);

  return <div ref={host} className="plan-yaml" />;
}

/** Only the line on which something starts is underlined. */
function firstLineEnd(text: string, from: number, to: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? to : Math.min(to, end);
}

/** What lies between the common beginning and the common end of two texts. */
function changeBetween(before: string, after: string) {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < shorter - from && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}
