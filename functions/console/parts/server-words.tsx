import { useServerWords } from "../i18n/server/use-server-words.ts";

/** What the server says, in the reader's language; what is not known there in its own words, which step back. */
export function ServerWords({ children }: { readonly children: string }) {
  const { text, isForeign } = useServerWords().say(children);
  if (!isForeign) return text;
  return (
    <span className="quiet" lang="en">
      {text}
    </span>
  );
}
