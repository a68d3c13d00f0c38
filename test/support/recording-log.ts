import type { Log } from '../../connector/state/log.ts';

/** Keeps what was said. */
export function recordingLog(): Log & { readonly warnings: string[]; readonly notes: string[] } {
  const warnings: string[] = [];
  const notes: string[] = [];
  return { warnings, notes, info: (text) => void notes.push(text), warn: (text) => void warnings.push(text) };
}
