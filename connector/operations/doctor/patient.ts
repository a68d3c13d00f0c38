import type { App, Config } from '../../config/config.ts';
import type { OktaAgent } from '../../simulator/agent.ts';
import type { Trust } from '../../simulator/http-client.ts';
import type { Known } from '../../simulator/payload.ts';
import type { Speech } from '../../simulator/speech/speech.ts';
import type { Wire } from './wire.ts';

/** Our own connector, whose configuration is at hand. */
export interface OwnServer {
  readonly config: Config;
  readonly app: App;
}

/** Any server of SCIM: its base URL says the version, as for Okta's agent. */
export interface Target {
  /** As it is entered in Okta. */
  readonly baseUrl: string;
  /** The credential, as Okta sends it. */
  readonly headers: Readonly<Record<string, string>>;
  /** PEM of the authorities to trust instead of the usual ones. */
  readonly ca?: string;
  /** Its certificate is not judged. */
  readonly isInsecure?: true;
}

/** The server that is examined: ours, or any other with `--target`. */
export interface Patient {
  /** Where it is asked. Without the slash at the end. */
  readonly baseUrl: string;
  /** As it is entered in Okta: another one where ours is asked at a port of its own. Without the slash. */
  readonly oktaUrl: string;
  /** The credential, as Okta sends it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Which certificates are taken. */
  readonly trust: Trust;
  /** What is spoken there: the agent goes by the base URL. */
  readonly speech: Speech;
  /** Speaks as Okta, and judges each reply. */
  readonly agent: OktaAgent;
  /** Asks one thing and says how it went, whatever comes. */
  readonly wire: Wire;
  /** Absent with `--target`. */
  readonly own?: OwnServer;
  /** Ours did not run: it was started in this process for as long as this takes. */
  readonly isStarted?: true;
  /** What earlier steps have learnt, for later ones. */
  readonly learnt: Learnt;
}

/** Filled by steps, in their order. */
export interface Learnt {
  /** What the server says that Okta may do. Empty: it does not say. */
  capabilities?: readonly string[];
  /** Of the first page. */
  users?: readonly Known[];
  groups?: readonly Known[];
  /** As the lists say. */
  totalUsers?: number;
  totalGroups?: number;
}
