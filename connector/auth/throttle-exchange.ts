/** Tells other connectors what a throttle has counted. */
export interface ThrottleExchange {
  /** One more failed attempt from there. */
  failed(network: string): void;
  /** The first good credential of an app from there, as far as this connector knows. */
  succeeded(app: string, address: string): void;
}

/** What other connectors have told. */
export interface ThrottleHearing {
  /** @param count  of all connectors together @param left  until counting starts anew. Unit: ms */
  hearFailures(network: string, count: number, left: number): void;
  hearSuccess(app: string, address: string): void;
}
