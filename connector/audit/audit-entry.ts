/** One thing that somebody did. */
export interface AuditEntry {
  /** ISO 8601, UTC, with ms. */
  readonly time: string;
  /** The credential's name of a change for Okta; the account of the operating system of a command. */
  readonly actor: string;
  readonly by: 'okta' | 'command' | 'service';
  /** Of the configuration; empty where it is about all. */
  readonly app: string;
  /** What Okta wanted (`create`, `profile`, …), or the command (`token add`). */
  readonly action: string;
  readonly outcome: 'done' | 'not done' | 'unknown';
  /** Reference of the request. */
  readonly ref?: string;
  readonly type?: string;
  readonly id?: string;
  /** Natural name of the resource, as [journal] values has it kept. */
  readonly name?: string;
  /** Attributes that changed. */
  readonly changed?: readonly string[];
  /** Of a command: what it was told, never a secret. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

/** An entry, and where it stands in the chain. */
export interface StoredAudit extends AuditEntry {
  /** From 1, without gaps. */
  readonly seq: number;
}

/** Where the chain stands: whoever keeps this elsewhere can tell later whether its end was cut. */
export interface Anchor {
  readonly seq: number;
  readonly hash: string;
}
