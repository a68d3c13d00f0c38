import type { Log } from '../../connector/log/log.ts';

/** Keeps what was logged, as `warn the text`; trace and debug are left out. */
export class LinesLog implements Log {
  readonly lines: string[] = [];
  readonly fields: object[] = [];

  trace(): void {}

  debug(): void {}

  info(fields: object, message: string): void {
    this.#keep('info', fields, message);
  }

  warn(fields: object, message: string): void {
    this.#keep('warn', fields, message);
  }

  error(fields: object, message: string): void {
    this.#keep('error', fields, message);
  }

  #keep(level: string, fields: object, message: string): void {
    this.lines.push(`${level} ${message}`);
    this.fields.push(fields);
  }
}
