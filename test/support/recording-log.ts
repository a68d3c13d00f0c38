import type { Log } from '../../connector/log/log.ts';
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

/** Lines of the log, kept nowhere but in `lines`. */
export interface RecordingLines extends Log {
  readonly lines: string[];
}

export function recordingLines(): RecordingLines {
  const lines: string[] = [];
  const record = (level: string) => (_: object, message: string) => void lines.push(`${level}: ${message}`);
  return {
    lines,
    trace: record('trace'),
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
  };
}
