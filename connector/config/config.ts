import type { AuthSettings } from '../auth/method.ts';
import type { MethodName } from '../auth/methods.ts';
import type { Module } from '../backend/catalogue.ts';
import type { AppSettings } from '../backend/module/app-settings.ts';
import type { BackendModule } from '../backend/module/backend-module.ts';
import type { Secret } from '../secrets/secret.ts';
import type { AppInput } from './schema/app-schema.ts';
import type { Input } from './schema/schema.ts';
import type { InForce } from './vocabulary/settings-of.ts';

/** Who may call an app: [auth] and [apps.NAME.auth] put together. */
export interface Auth extends AuthSettings {
  readonly method: MethodName;
}

export type ServerSettings = InForce<Input['server']>;
export type LogSettings = Readonly<Input['log']>;
export type JournalSettings = Readonly<Input['journal']>;
export type AuditSettings = Readonly<Input['audit']>;
export type AlertSettings = InForce<Input['alerts']>;
export type MetricsSettings = Readonly<Input['metrics']>;
export type StateSettings = InForce<Omit<Input['state'], 'backend'>> & { readonly backend: 'files' | 'postgres' };
export type TlsSettings = Readonly<Omit<Input['tls'], 'passphrase'>> & { readonly passphrase?: Secret };

/** What the modules read of an app: the tables of all backends together. */
type BackendTables = Module extends BackendModule<infer Needed> ? Needed : never;

/** One app, with every default applied but those that backends keep to themselves. */
export type App = AppSettings &
  BackendTables &
  Readonly<Omit<AppInput, 'path' | 'create_again' | 'dialect' | 'auth' | 'users' | 'groups' | 'entitlements'>> & {
    /** Starts with `/`, ends in `/v1`, or in `/v2` where SCIM 1.1 is not spoken. */
    readonly path: string;
    readonly create_again: 'accept' | 'conflict';
    readonly dialect: 'compatible' | 'strict' | 'profile';
    readonly auth: Auth;
  };

/**
 * The configuration in force. Names are the file's; durations are ms, sizes bytes, paths absolute, secrets resolved.
 * Checked as a whole: whoever holds one need not check again.
 */
export interface Config {
  /** The file it was read from, absolute. */
  readonly file?: string;
  readonly state_dir: string;
  readonly state: StateSettings;
  readonly server: ServerSettings;
  readonly tls: TlsSettings;
  readonly log: LogSettings;
  readonly journal: JournalSettings;
  readonly audit: AuditSettings;
  readonly alerts: AlertSettings;
  readonly metrics: MetricsSettings;
  /** At least one; paths do not overlap. */
  readonly apps: readonly App[];
}
