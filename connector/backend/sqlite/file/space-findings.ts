import { type Finding, failed, warning } from '../../module/finding.ts';

const MIB = 1024 * 1024;
/** One import's worth of log beside the file would not fit. Unit: bytes. */
const TOO_LITTLE = 16 * MIB;
/** A day of writes and their log. Unit: bytes. */
const LITTLE = 256 * MIB;

/** @param free  room left on the disk of `file`. Unit: bytes */
export function spaceFindings(file: string, free: number): readonly Finding[] {
  const text = `the disk of ${file} has ${Math.floor(free / MIB)} MiB left; free some space`;
  if (free < TOO_LITTLE) return [failed(text)];
  return free < LITTLE ? [warning(text)] : [];
}
