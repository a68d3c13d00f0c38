/** What the parts that keep state need of a logger: whole sentences for the operator, never a secret. Pino fits. */
export interface Notices {
  info(text: string): void;
  warn(text: string): void;
}

/** Of a part whose failure must not pass for a warning. */
export interface Alarms extends Notices {
  error(text: string): void;
}
