import type { Finding } from '../../connector/backend/module/finding.ts';
import { printable } from '../../connector/log/printable.ts';
import type { Example } from '../../connector/operations/preview/examples.ts';
import { cutTo, wrap } from './line-width.ts';
import { mark } from './mark.ts';

export const number = (count: number): string => count.toLocaleString('en-US');

/** What a preview has found of one kind. */
export interface Section {
  readonly status: Finding['status'];
  readonly title: string;
  readonly fix?: string;
  /** Of how many the examples are the first. */
  readonly count: number;
  readonly examples: readonly string[];
}

export const exampleText = ({ id, name, text }: Example): string =>
  [name, ...(id === name ? [] : [name === '' ? id : `(${id})`]), ...(text === undefined ? [] : [text])]
    .filter((part) => part !== '')
    .join('  ');

/** The finding, its fix, the first few, and how many there are besides. */
export function* sectionLines({ status, title, fix, count, examples }: Section, width: number): Generator<string> {
  yield wrap(`${mark(status).trim()}  ${title}`, width);
  if (fix !== undefined) yield wrap(`    fix: ${printable(fix)}`, width);
  for (const text of examples) yield cutTo(`      ${printable(text)}`, width);
  if (count > examples.length && examples.length > 0) yield `      and ${number(count - examples.length)} more (--all)`;
}
