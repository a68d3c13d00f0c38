/** The documentation as one page that needs nothing beside it: read offline, searched by the browser, printed. */
import { Marked, type Tokens } from 'marked';
import { titleOf } from '../bin/host/manual.ts';

/** In the order in which somebody needs them; the others follow by name. */
const FIRST = [
  'quickstart',
  'install-linux',
  'install-windows',
  'okta-side',
  'ldap',
  'runbook',
  'troubleshooting',
  'errors',
];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** As GitHub makes them, so that the links between the pages hold. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** A link to a page or a heading of a page → to its place in this one. */
function placed(href: string, topic: string, topics: ReadonlySet<string>): string | undefined {
  const [, page = topic, anchor] = /^(?:\.\/)?(?:([\w-]+)\.md)?(?:#(.*))?$/.exec(href) ?? [];
  if (/^[a-z]+:/.test(href)) return href;
  if (!topics.has(page) || (href !== '' && !/\.md|^#/.test(href))) return undefined;
  return `#${page}${anchor === undefined ? '' : `--${anchor}`}`;
}

function section(topic: string, page: string, topics: ReadonlySet<string>): string {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        const words = this.parser.parseInline(tokens);
        const id = depth === 1 ? topic : `${topic}--${anchorOf(text)}`;
        return `<h${depth} id="${escaped(id)}">${words}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const words = this.parser.parseInline(tokens);
        const place = placed(href, topic, topics);
        return place === undefined ? words : `<a href="${escaped(place)}">${words}</a>`;
      },
      // Pages hold no HTML of their own: what looks like it is text, such as <the token>.
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
    },
  });
  return `<section>\n${marked.parse(page, { async: false })}</section>\n`;
}

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

/** @param pages  Markdown by topic @param version  of the program */
export function handbook(pages: Readonly<Record<string, string>>, version: string): string {
  const topics = [
    ...FIRST.filter((topic) => topic in pages),
    ...Object.keys(pages).filter((one) => !FIRST.includes(one)),
  ];
  const known = new Set(topics);
  const titles = topics.map((topic) => {
    const title = escaped(titleOf(pages[topic] ?? '').replaceAll(/[*`]/g, ''));
    return `<li><a href="#${topic}">${title}</a></li>`;
  });
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>scim-connector ${escaped(version)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>scim-connector ${escaped(version)}</h1>
<nav>
<ul>
${titles.join('\n')}
</ul>
</nav>
${topics.map((topic) => section(topic, pages[topic] ?? '', known)).join('')}</body>
</html>
`;
}
