import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ScimError } from '../../scim/error.ts';
import { type Located, refuseDamaged } from './located.ts';
import type { ResourceDocument } from './resource-document.ts';

function parseJson(text: string): unknown {
  refuseDamaged(text);
  try {
    return JSON.parse(text);
  } catch {
    // Not the parser's words: they quote the line, which may hold a password.
    throw new ScimError('invalidSyntax', 'not valid JSON');
  }
}

export async function* readJsonLines(input: Readable): AsyncGenerator<Located> {
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    const json = line === 1 ? text.replace(/^\ufeff/, '') : text;
    if (json.trim() !== '') yield { line, read: () => parseJson(json) };
  }
}

export function* writeJsonLines(documents: Iterable<ResourceDocument>): Generator<string> {
  for (const document of documents) yield `${JSON.stringify(document)}\n`;
}
