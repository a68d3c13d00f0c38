/** What the parts that keep state need of a logger: whole sentences for the operator, never a secret. Pino fits. */
export interface Notices {
  info(text: string): void;
  warn(text: string): void;
}
