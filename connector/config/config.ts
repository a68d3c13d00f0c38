import type { AuthSettings } from '../auth/method.ts';
import type { MethodName } from '../auth/methods.ts';
import type { CustomAttribute } from '../scim/schema/custom.ts';
import type { Secret } from '../secrets/secret.ts';
import type { AppInput } from './schema/app-schema.ts';
import type { Input } from './schema/schema.ts';

/** Who may call an app: [auth] and [apps.NAME.auth] put together. */
export interface Auth extends AuthSettings {
  readonly method: MethodName;
}

export type ServerSettings = Readonly<Input['server']>;
export type LogSettings = Readonly<Input['log']>;
export type TlsSettings = Readonly<Omit<Input['tls'], 'passphrase'>> & { readonly passphrase?: Secret };

type Computed = 'path' | 'create_again' | 'auth' | 'sqlite' | 'ldap' | 'users' | 'groups';

type Declared = { readonly custom: readonly CustomAttribute[] };

/** [apps.NAME.ldap]; what is absent has its default in the backend. Durations are ms. */
export type Ldap = Readonly<Omit<AppInput['ldap'], 'password' | 'client_key_passphrase'>> & {
  readonly password?: Secret;
  readonly client_key_passphrase?: Secret;
};

/** One app, with every default applied. */
export type App = Readonly<Omit<AppInput, Computed>> & {
  readonly name: string;
  /** Starts with `/`, ends in `/v1`. */
  readonly path: string;
  readonly create_again: 'accept' | 'conflict';
  readonly auth: Auth;
  readonly sqlite: { readonly file: string; readonly passwords: 'hash' | 'discard' };
  readonly ldap: Ldap;
  readonly users: Readonly<Omit<AppInput['users'], 'custom'>> & Declared;
  readonly groups: Readonly<Omit<AppInput['groups'], 'custom'>> & Declared;
};

/**
 * The configuration in force. Names are the file's; durations are ms, sizes bytes, paths absolute, secrets resolved.
 * Checked as a whole: whoever holds one need not check again.
 */
export interface Config {
  /** The file it was read from, absolute. */
  readonly file?: string;
  readonly state_dir: string;
  readonly server: ServerSettings;
  readonly tls: TlsSettings;
  readonly log: LogSettings;
  /** At least one; paths do not overlap. */
  readonly apps: readonly App[];
}
