/** A page of the documentation as a terminal shows it. */
import { styleText } from 'node:util';
import { lexer, type Token, type Tokens } from 'marked';
import { wrap } from './line-width.ts';
import { table } from './table.ts';

const INDENT = '    ';

const indent = (text: string, by: string): string => text.replaceAll(/^(?=.)/gm, by);

const bold = (text: string): string => styleText('bold', text, { stream: process.stdout });

/** Words without their marks. A link to another page names its topic. */
function words(tokens: readonly Token[] = []): string {
  return tokens
    .map((token) => {
      if (token.type === 'br') return '\n';
      if (token.type !== 'link') return 'tokens' in token && token.tokens ? words(token.tokens) : plain(token);
      const { href, tokens: inner } = token as Tokens.Link;
      const shown = words(inner);
      const [, topic] = /^([\w-]+)\.md(?:#.*)?$/.exec(href) ?? [];
      if (topic === undefined || shown === `${topic}.md`) return shown;
      return `${shown} (help ${topic})`;
    })
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
};

const plain = (token: Token): string =>
  ('text' in token ? String(token.text) : token.raw).replaceAll(
    /&(?:lt|gt|amp|quot|#39);/g,
    (name) => ENTITIES[name] ?? name,
  );

const paragraph = (tokens: readonly Token[] | undefined, width: number): string =>
  wrap(words(tokens).replaceAll(/\s*\n\s*/g, ' '), width);

/** A table whose columns do not fit is told row by row: a cell is never cut. */
function grid({ header, rows }: Tokens.Table, width: number): string {
  const cells = [header, ...rows].map((row) => row.map((cell) => words(cell.tokens).replaceAll('\n', ' ')));
  const [head = [], ...body] = cells;
  const before = head
    .slice(0, -1)
    .reduce((sum, _, i) => sum + Math.max(...cells.map((row) => row[i]?.length ?? 0)) + 2, 0);
  if (before <= width / 2) return table(cells, width);
  return body
    .map((row) => {
      const [first = '', ...rest] = row;
      const told = rest.map((cell, i) =>
        cell === '' ? '' : indent(wrap(`${head[i + 1] === '' ? '' : `${head[i + 1]}: `}${cell}`, width - 2), '  '),
      );
      return [wrap(first, width), ...told.filter((line) => line !== '')].join('\n');
    })
    .join('\n');
}

function list({ items, ordered, start }: Tokens.List, width: number): string {
  return items
    .map((item, i) => {
      const sign = ordered ? `${Number(start) + i}. ` : '- ';
      const hang = ' '.repeat(sign.length);
      return sign + indent(blocks(item.tokens, width - sign.length), hang).slice(sign.length);
    })
    .join('\n');
}

function block(token: Token, width: number): string | undefined {
  switch (token.type) {
    case 'heading':
      return bold(
        wrap((token as Tokens.Heading).depth === 1 ? words(token.tokens).toUpperCase() : words(token.tokens), width),
      );
    case 'code':
      return indent((token as Tokens.Code).text, INDENT);
    case 'table':
      return grid(token as Tokens.Table, width);
    case 'list':
      return list(token as Tokens.List, width);
    case 'blockquote':
      return indent(blocks((token as Tokens.Blockquote).tokens, width - 2), '  ');
    case 'paragraph':
    case 'text':
      return paragraph('tokens' in token ? token.tokens : [token], width);
    default:
      return undefined;
  }
}

const blocks = (tokens: readonly Token[], width: number): string =>
  tokens.flatMap((token) => block(token, width) ?? []).join('\n\n');

/** @param width  unit: columns */
export const pageText = (page: string, width: number): string => blocks(lexer(page), width);
