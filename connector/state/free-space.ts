import { statfsSync } from 'node:fs';

/** What everybody may still write where `folder` is. Unit: bytes. @throws the system's error */
export function freeSpace(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
