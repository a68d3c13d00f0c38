import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { ScimError } from '../../scim/error.ts';
import { decodeStream } from '../../text/decode-stream.ts';
import { type Located, refuseDamaged } from './located.ts';
import type { ResourceDocument } from './resource-document.ts';

function parseJson(text: string): unknown {
  refuseDamaged(text);
  try {
    return JSON.parse(text);
  } catch {
    // Not the parser's words: they quote the line, which may hold a password.
    throw new ScimError('invalidSyntax', 'not valid JSON', { fault: 'import-file-invalid' });
  }
}

export async function* readJsonLines(input: Readable): AsyncGenerator<Located> {
  let line = 0;
  for await (const text of createInterface({
    input: Readable.from(decodeStream(input, 'the file')),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1;
    if (text.trim() !== '') yield { line, read: () => parseJson(text) };
  }
}

export async function* writeJsonLines(documents: AsyncIterable<ResourceDocument>): AsyncGenerator<string> {
  for await (const document of documents) yield `${JSON.stringify(document)}\n`;
}
