import { gzipSync } from 'node:zlib';
import { createTar } from 'nanotar';

export interface ArchivedFile {
  readonly name: string;
  readonly text: string;
}

/** A .tar.gz with the files in this order, in one folder, for their owner alone. */
export function archived(folder: string, files: readonly ArchivedFile[], made: Date): Buffer {
  const tar = createTar(
    files.map(({ name, text }) => ({ name: `${folder}/${name}`, data: text })),
    { attrs: { mode: '600', uid: 0, gid: 0, user: 'root', group: 'root', mtime: made.getTime() } },
  );
  return gzipSync(tar, { level: 9 });
}
