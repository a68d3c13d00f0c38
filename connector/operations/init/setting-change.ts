/** A setting of the configuration and what it shall be. */
export interface SettingChange {
  readonly path: readonly string[];
  /** Undefined takes it away, so that the default holds. */
  readonly value: unknown;
}
