import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Random } from '../../connector/simulator/random.ts';

/** What disks write whole. Unit: bytes. */
const SECTOR = 512;

interface Written {
  readonly kind: 'write';
  readonly offset: number;
  readonly bytes: Buffer;
}

type Operation = { readonly file: string /** Unit: ms since 1970. */; readonly at: number } & (
  | Written
  | { readonly kind: 'truncate'; readonly length: number }
  | { readonly kind: 'sync' }
);

/** Runs a command with what it writes to `files` noted, in files that begin with `journal`. `-D`: it stays our child. */
export const noted = (command: readonly string[], journal: string, files: readonly string[]): readonly string[] => [
  ...['strace', '-D', '-ff', '--seccomp-bpf', '-q', '-ttt', '-y', '-xx', '-s', '1000000', '-o', journal],
  ...['-e', 'trace=pwrite64,fdatasync,fsync,ftruncate'],
  ...files.flatMap((file) => ['-P', file]),
  ...command,
];

const LINE = /^(\d+\.\d+) (pwrite64|fdatasync|fsync|ftruncate)\(\d+<((?:\\x[0-9a-f]{2})+|[^>]*)>(?:, (.*))?\) = (\d+)$/;

const plain = (text: string): string =>
  text.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function parse(line: string): Operation | undefined {
  const [, time = '', call, path = '', rest = ''] = LINE.exec(line) ?? [];
  if (call === undefined) return undefined;
  const common = { file: basename(plain(path)), at: Number(time) * 1000 };
  if (call === 'fdatasync' || call === 'fsync') return { ...common, kind: 'sync' };
  if (call === 'ftruncate') return { ...common, kind: 'truncate', length: Number(rest) };
  const [, hex = '', offset = '0'] = /^"([^"]*)", \d+, (\d+)$/.exec(rest) ?? [];
  return { ...common, kind: 'write', offset: Number(offset), bytes: Buffer.from(hex.replaceAll('\\x', ''), 'hex') };
}

/** What was noted, in its order. */
export function operationsIn(journal: string): readonly Operation[] {
  const files = readdirSync(dirname(journal)).filter((name) => name.startsWith(`${basename(journal)}.`));
  return files
    .flatMap((name) =>
      readFileSync(join(dirname(journal), name), 'latin1')
        .split('\n')
        .flatMap((line) => parse(line) ?? []),
    )
    .sort((a, b) => a.at - b.at);
}

function apply(content: Buffer, operation: Operation): Buffer {
  if (operation.kind === 'sync') return content;
  if (operation.kind === 'truncate') return Buffer.concat([content, Buffer.alloc(operation.length)], operation.length);
  const { offset, bytes } = operation;
  const next = content.length < offset + bytes.length ? Buffer.concat([content], offset + bytes.length) : content;
  bytes.copy(next, offset);
  return next;
}

/** A write of which only some sectors arrived. */
function* torn(operation: Operation, random: Random): Generator<Operation> {
  if (operation.kind !== 'write') {
    if (random.below(2) === 0) yield operation;
    return;
  }
  const { offset, bytes } = operation;
  for (let from = 0; from < bytes.length; from = SECTOR * Math.floor((offset + from) / SECTOR + 1) - offset) {
    const to = SECTOR * Math.floor((offset + from) / SECTOR + 1) - offset;
    if (random.below(2) === 0) yield { ...operation, offset: offset + from, bytes: bytes.subarray(from, to) };
  }
}

/**
 * The files as a disk may hold them when the power fails after `count` operations: all that was synced before, and of the
 * rest whatever sectors arrived, in any order.
 * @param before  the files as they were before the first operation
 */
export function imageAfter(
  operations: readonly Operation[],
  count: number,
  before: ReadonlyMap<string, Buffer>,
  random: Random,
): ReadonlyMap<string, Buffer> {
  const image = new Map(before);
  const done = operations.slice(0, count);
  for (const file of new Set(done.map((one) => one.file))) {
    const own = done.filter((one) => one.file === file);
    const synced = own.findLastIndex(({ kind }) => kind === 'sync');
    let content: Buffer = Buffer.from(image.get(file) ?? []);
    for (const operation of own.slice(0, synced + 1)) content = apply(content, operation);
    for (const operation of own.slice(synced + 1))
      for (const part of torn(operation, random)) content = apply(content, part);
    image.set(file, content);
  }
  return image;
}
