import { join } from 'node:path';
import type { CustomAttribute } from '../../scim/schema/custom.ts';
import type { Secret } from '../../secrets/secret.ts';
import type { App, Auth, Config, Ldap } from '../config.ts';
import type { AppInput } from '../schema/app-schema.ts';
import type { Input } from '../schema/schema.ts';

/** Secrets by the setting they belong to. */
export type SecretAt = (path: readonly string[]) => Secret | undefined;

type AuthInput = Input['auth'];

/** Whether the operator has chosen one way only; `undefined` leaves the choice to [auth]. */
const implied = ({ method, username, token }: AuthInput): Auth['method'] | undefined =>
  method ?? (username !== undefined ? 'basic' : token ? 'header' : undefined);

function buildAuth(
  global: AuthInput,
  own: AuthInput,
  secretOf: (key: 'token' | 'password') => Secret | undefined,
): Auth {
  const token = secretOf('token');
  const password = secretOf('password');
  const username = own.username ?? global.username;
  return {
    method: implied(own) ?? implied(global) ?? 'header',
    header: own.header ?? global.header ?? 'Authorization',
    ...(token ? { token } : {}),
    ...(username === undefined ? {} : { username }),
    ...(password ? { password } : {}),
  };
}

const customList = (custom: AppInput['users']['custom']): readonly CustomAttribute[] =>
  Object.entries(custom).map(([name, declared]) => ({ name, ...declared }));

/** Where the SQLite backend of the app `name` keeps people unless told otherwise. */
export const databaseOf = (name: string, stateDir: string): string =>
  join(stateDir, name === 'default' ? 'connector.db' : `${name}.db`);

function buildLdap(input: AppInput['ldap'], secretOf: (key: string) => Secret | undefined): Ldap {
  const { password: _, client_key_passphrase: __, ...rest } = input;
  const [password, passphrase] = [secretOf('password'), secretOf('client_key_passphrase')];
  return {
    ...rest,
    ...(password ? { password } : {}),
    ...(passphrase ? { client_key_passphrase: passphrase } : {}),
  };
}

function buildApp(name: string, input: AppInput, { auth: global, state_dir }: Input, secretAt: SecretAt): App {
  const own = input.auth ?? {};
  const { auth: _, users, groups, sqlite, ldap, ...rest } = input;
  return {
    ...rest,
    name,
    path: input.path ?? (name === 'default' ? '/scim/v1' : `/${name}/scim/v1`),
    create_again: input.create_again ?? (input.put === 'merge' ? 'accept' : 'conflict'),
    auth: buildAuth(global, own, (key) => secretAt(['apps', name, 'auth', key]) ?? secretAt(['auth', key])),
    sqlite: {
      file: sqlite.file ?? databaseOf(name, state_dir),
      passwords: sqlite.passwords,
    },
    ldap: buildLdap(ldap, (key) => secretAt(['apps', name, 'ldap', key])),
    users: { ...users, custom: customList(users.custom) },
    groups: { ...groups, custom: customList(groups.custom) },
  };
}

/** Applies the defaults that depend on other settings. */
export function build(input: Input, secretAt: SecretAt, file: string | undefined): Config {
  const { passphrase: _, ...tls } = input.tls;
  const passphrase = secretAt(['tls', 'passphrase']);
  return {
    ...(file === undefined ? {} : { file }),
    state_dir: input.state_dir,
    server: { ...input.server, bulk_max_payload: Math.min(input.server.bulk_max_payload, input.server.max_body) },
    tls: { ...tls, ...(passphrase ? { passphrase } : {}) },
    log: input.log,
    apps: Object.entries(input.apps).map(([name, app]) => buildApp(name, app, input, secretAt)),
  };
}
