/** How bytes that are no text are kept as one: the base64 form of a data URL. No JSON begins like this. */
const BINARY_PREFIX = "data:application/octet-stream;base64,";

/** The body of a delivery as the text that is kept: itself where it is UTF-8, and otherwise so that no byte is lost. */
export function keptBody(body: Uint8Array): string {
  const bytes = Buffer.from(body);
  const text = bytes.toString("utf8");
  const isText = Buffer.from(text, "utf8").equals(bytes) && !text.startsWith(BINARY_PREFIX);
  return isText ? text : `${BINARY_PREFIX}${bytes.toString("base64")}`;
}

/** The bytes of which {@link keptBody} made the text. */
export function bytesOfKeptBody(text: string): Uint8Array {
  return text.startsWith(BINARY_PREFIX)
    ? Buffer.from(text.slice(BINARY_PREFIX.length), "base64")
    : Buffer.from(text, "utf8");
}
