import { createHash } from 'node:crypto';
import { html, type Markup } from './html.ts';
import { STYLE } from './style.ts';

export interface Report {
  readonly title: string;
  /** Of what, when, by which version. */
  readonly subtitle: string;
  readonly body: readonly Markup[];
}

/** Nothing runs and nothing is loaded, whatever a value holds: only this style is taken (CSP Level 3 §6). */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** One file that needs no other: to be opened, mailed, printed. */
export const reportPage = ({ title, subtitle, body }: Report): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
`.text +
  // The hash is of the text as it stands here.
  `<style>${STYLE}</style>` +
  html`
</head>
<body>
<h1>${title}</h1>
<p class="soft">${subtitle}</p>
${body}
</body>
</html>
`.text;
