/** Okta's agent as it lies on this host (docs/okta-agent.md, The agent's host). */
export interface InstalledAgent {
  readonly folder: string;
  /** As the package, a file name or a jar says it; undefined when none of them does. */
  readonly version: string | undefined;
  readonly system: 'linux' | 'windows';
  /** The Java it brings along; undefined where none was found. */
  readonly java: InstalledJava | undefined;
  /** Undefined when no file of them was found. */
  readonly settings: AgentSettings | undefined;
}

export interface InstalledJava {
  readonly java: string;
  /** Undefined where the folder has none. */
  readonly keytool: string | undefined;
  /** With which the agent is started, in the place of its Java's own. */
  readonly storeOption: string | undefined;
  /** Truststores that are there, the one that its Java reads first. */
  readonly truststores: readonly string[];
}

/** What of its settings decides whether it can call us. Never its keys or passwords. */
export interface AgentSettings {
  readonly file: string;
  /** False: our account may not read it, and nothing below is known. */
  readonly isReadable: boolean;
  /** Plain `http://` base URLs are not refused. */
  readonly allowHttp: boolean;
  /** `scheme://host:port` through which it goes to Okta, and perhaps to us. */
  readonly proxy: string | undefined;
}
