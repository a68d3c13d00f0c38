import type { Alarms } from '../../connector/log/notices.ts';

/** Keeps what was said. */
export interface RecordingLog extends Alarms {
  readonly errors: string[];
  readonly warnings: string[];
  readonly notes: string[];
}

export function recordingLog(): RecordingLog {
  const errors: string[] = [];
  const warnings: string[] = [];
  const notes: string[] = [];
  return {
    errors,
    warnings,
    notes,
    info: (text) => void notes.push(text),
    warn: (text) => void warnings.push(text),
    error: (text) => void errors.push(text),
  };
}
