import type { Notices } from '../../connector/log/notices.ts';

/** Keeps what was said. */
export function recordingLog(): Notices & { readonly warnings: string[]; readonly notes: string[] } {
  const warnings: string[] = [];
  const notes: string[] = [];
  return { warnings, notes, info: (text) => void notes.push(text), warn: (text) => void warnings.push(text) };
}
