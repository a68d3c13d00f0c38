/** One thing that was looked at. A failed one keeps the connector from working, or an import from being complete. */
export interface Finding {
  readonly status: 'ok' | 'warning' | 'failed';
  /** What is so and, where it is not as it should be, the way to put it right. */
  readonly text: string;
}

export const ok = (text: string): Finding => ({ status: 'ok', text });
export const warning = (text: string): Finding => ({ status: 'warning', text });
export const failed = (text: string): Finding => ({ status: 'failed', text });
