/** A page that needs nothing beside it: read without a network, and printed. */
import { Marked, type Tokens } from 'marked';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem 1.5rem; }
nav ul { columns: 18rem; padding-left: 1.2rem; }
section { border-top: 2px solid var(--line); margin-top: 3rem; }
pre { background: var(--soft); overflow-x: auto; padding: .7rem 1rem; border-radius: 4px; }
code { font: .9em ui-monospace, monospace; }
:not(pre) > code { background: var(--soft); padding: .1em .25em; border-radius: 3px; overflow-wrap: anywhere; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
@media print { body { font-size: 10pt; max-width: none; } pre { white-space: pre-wrap; } section { break-before: page; } }
`;

/** @param title  plain text @param body  HTML */
export const htmlPage = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}</body>
</html>
`;

/** What looks like HTML in it is text, such as <the token>. */
export function htmlOf(markdown: string): string {
  const marked = new Marked({ renderer: { html: ({ text }: Tokens.HTML | Tokens.Tag) => escapeHtml(text) } });
  return marked.parse(markdown, { async: false });
}
