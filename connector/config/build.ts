import { join } from 'node:path';
import type { CustomAttribute } from '../scim/schema/custom.ts';
import type { AppInput } from './app-schema.ts';
import type { App, Auth, Config } from './config.ts';
import type { Input } from './schema.ts';
import type { Secret } from './secret.ts';

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

function buildApp(name: string, input: AppInput, { auth: global, state_dir }: Input, secretAt: SecretAt): App {
  const own = input.auth ?? {};
  const { auth: _, users, groups, sqlite, ...rest } = input;
  return {
    ...rest,
    name,
    path: input.path ?? (name === 'default' ? '/scim/v1' : `/${name}/scim/v1`),
    create_again: input.create_again ?? (input.put === 'merge' ? 'accept' : 'conflict'),
    auth: buildAuth(global, own, (key) => secretAt(['apps', name, 'auth', key]) ?? secretAt(['auth', key])),
    sqlite: {
      file: sqlite.file ?? join(state_dir, name === 'default' ? 'connector.db' : `${name}.db`),
      passwords: sqlite.passwords,
    },
    users: { custom: customList(users.custom) },
    groups: { custom: customList(groups.custom) },
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
