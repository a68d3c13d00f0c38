export interface ServiceState {
  readonly installed: boolean;
  readonly running: boolean;
  /** Starts with the machine. */
  readonly enabled: boolean;
  readonly pid?: number;
}

/** The operating system's service of this program. Every verb throws CommandError with what to do instead. */
export interface ServiceControl {
  /** Safe to repeat: it puts right what is missing. @returns what was done, for the operator */
  install(): readonly string[];
  /** Leaves configuration and data. */
  uninstall(): readonly string[];
  start(): void;
  stop(): void;
  restart(): void;
  state(): ServiceState;
}
