import type { App, Config } from '../../config/config.ts';
import type { OktaAgent } from '../../simulator/agent.ts';
import type { Known } from '../../simulator/payload.ts';

/** Our own connector, whose configuration is at hand. */
export interface OwnServer {
  readonly config: Config;
  readonly app: App;
}

/** The server that is examined: ours, or any other with `--target`. */
export interface Patient {
  /** Without the slash at the end. */
  readonly baseUrl: string;
  /** The credential, as Okta sends it. */
  readonly headers: Readonly<Record<string, string>>;
  /** PEM of the authorities to trust. Absent: the usual ones. */
  readonly ca?: string;
  /** Speaks as Okta, and judges each reply. */
  readonly agent: OktaAgent;
  /** Absent with `--target`. */
  readonly own?: OwnServer;
  /** Names the configuration when a command is to be copied: ` --config FILE`, or nothing. */
  readonly flag: string;
  /** What earlier steps have learnt, for later ones. */
  readonly learnt: Learnt;
}

/** Filled by steps, in their order. */
export interface Learnt {
  /** What the server says that Okta may do. */
  capabilities?: readonly string[];
  users?: readonly Known[];
  groups?: readonly Known[];
}
