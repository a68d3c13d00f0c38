import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { readIfPresent, writePrivate } from '../state/private-file.ts';
import type { Anchor } from './audit-entry.ts';

const fileIn = (stateDir: string): string => join(stateDir, 'audit.head');

const seal = (key: Buffer, { seq, hash }: Anchor): string =>
  createHmac('sha256', key).update(`head ${seq} ${hash}`).digest('base64url');

/** Where the chain stood when that was written last; undefined when it is not there or not ours. @throws the system's error */
export function readHead(stateDir: string, key: Buffer): Anchor | undefined {
  const [seq, hash = '', mac] = readIfPresent(fileIn(stateDir))?.trim().split(' ') ?? [];
  const anchor = { seq: Number(seq), hash };
  return Number.isSafeInteger(anchor.seq) && mac === seal(key, anchor) ? anchor : undefined;
}

/** In a file beside the journal, so that a journal of last week does not pass for today's. */
export const writeHead = (stateDir: string, key: Buffer, anchor: Anchor): void =>
  writePrivate(fileIn(stateDir), `${anchor.seq} ${anchor.hash} ${seal(key, anchor)}\n`);
