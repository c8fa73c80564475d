/** What the pages answer that only the local cloud has. */
export interface Page {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export function json(value: unknown): Page {
  return {
    statusCode: 200,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(value, undefined, 2),
  };
}

export function text(statusCode: number, body: string): Page {
  return { statusCode, headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" }, body };
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
td,th{text-align:left;padding:.35rem 1rem .35rem 0;vertical-align:top}
small{color:#555}
code{display:block;overflow-wrap:anywhere;user-select:all;background:#f2f2f2;padding:1rem;border-radius:.4rem}`;

export function html(title: string, body: string): Page {
  return {
    statusCode: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    },
    body: `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
  <body>
    ${body}
  </body>
</html>
`,
  };
}

export function escapeHtml(plain: string): string {
  return plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
