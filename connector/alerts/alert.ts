/** `began`, `goes on`, `over`: of what lasts. `happened`: of what is done at once. `test`: nothing is wrong. */
export type AlertState = 'began' | 'goes on' | 'over' | 'happened' | 'test';

/** One thing to be told of: what, since when, how often, whose it is and what to do. Never a person's value, never a secret. */
export interface Alert {
  /** Its number in docs/events.md. */
  readonly event: number;
  readonly state: AlertState;
  readonly severity: 'info' | 'warning' | 'error';
  /** Of the configuration; absent where it is about all of them. */
  readonly app?: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** When it was seen last. */
  readonly last: string;
  /** How often it was seen since it began, or since it was told last. */
  readonly count: number;
  /** In whose hands it is. */
  readonly whose?: string;
  /** What to do. */
  readonly fix?: string;
  /** To be typed on the connector's machine. */
  readonly command?: string;
}

/** What is sent at once: one alert, or several that came together. */
export interface Message {
  /** The same when it is sent again. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** Name of the machine. */
  readonly connector: string;
  /** At least one. */
  readonly alerts: readonly Alert[];
}
