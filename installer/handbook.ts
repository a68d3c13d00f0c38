/** The documentation as one page that needs nothing beside it: read offline, searched by the browser, printed. */
import { Marked, type Tokens } from 'marked';
import { titleOf } from '../bin/host/manual.ts';
import { escapeHtml, htmlPage } from '../bin/terminal/html-page.ts';

/** In the order in which somebody needs them; the others follow by name. */
const FIRST = [
  'quickstart',
  'install-linux',
  'install-windows',
  'okta-side',
  'entra',
  'ldap',
  'runbook',
  'troubleshooting',
  'errors',
];

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
        return `<h${depth} id="${escapeHtml(id)}">${words}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const words = this.parser.parseInline(tokens);
        const place = placed(href, topic, topics);
        return place === undefined ? words : `<a href="${escapeHtml(place)}">${words}</a>`;
      },
      // Pages hold no HTML of their own: what looks like it is text, such as <the token>.
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escapeHtml(text),
    },
  });
  return `<section>\n${marked.parse(page, { async: false })}</section>\n`;
}

/** @param pages  Markdown by topic @param version  of the program */
export function handbook(pages: Readonly<Record<string, string>>, version: string): string {
  const topics = [
    ...FIRST.filter((topic) => topic in pages),
    ...Object.keys(pages).filter((one) => !FIRST.includes(one)),
  ];
  const known = new Set(topics);
  const titles = topics.map((topic) => {
    const title = escapeHtml(titleOf(pages[topic] ?? '').replaceAll(/[*`]/g, ''));
    return `<li><a href="#${topic}">${title}</a></li>`;
  });
  const name = `scim-connector ${version}`;
  const body = `<h1>${escapeHtml(name)}</h1>
<nav>
<ul>
${titles.join('\n')}
</ul>
</nav>
${topics.map((topic) => section(topic, pages[topic] ?? '', known)).join('')}`;
  return htmlPage(name, body);
}
