import { catalogue } from '../../backend/catalogue.ts';
import type { CustomAttribute } from '../../scim/schema/custom.ts';
import type { Secret } from '../../secrets/secret.ts';
import type { AlertSettings, App, Auth, Config, ServerSettings, StateSettings } from '../config.ts';
import type { AppInput } from '../schema/app-schema.ts';
import type { Input } from '../schema/schema.ts';
import { isSecret, nodeAt } from '../schema/settings.ts';
import { buildState } from './build-state.ts';
import { entitlementTypes } from './entitlement-types.ts';

/** Secrets by the setting they belong to. */
export type SecretAt = (path: readonly string[]) => Secret | undefined;

type AuthInput = Input['auth'];

/** Whether the operator has chosen one way only; `undefined` leaves the choice to [auth]. */
const implied = ({ method, username, token }: AuthInput): Auth['method'] | undefined =>
  method ?? (username !== undefined ? 'basic' : token ? 'header' : undefined);

/** An app that says where its client's keys are says all of it. */
function oauthOf(global: AuthInput, own: AuthInput) {
  const { client_id, token_life } = { ...global, ...own };
  const { jwks_uri, jwks_file, jwks_ca_file } =
    own.jwks_uri === undefined && own.jwks_file === undefined ? global : own;
  return {
    ...(client_id === undefined ? {} : { client_id }),
    ...(jwks_uri === undefined ? {} : { jwks_uri }),
    ...(jwks_file === undefined ? {} : { jwks_file }),
    ...(jwks_ca_file === undefined ? {} : { jwks_ca_file }),
    ...(token_life === undefined ? {} : { token_life }),
  };
}

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
    ...oauthOf(global, own),
  };
}

const customList = (custom: AppInput['users']['custom']): readonly CustomAttribute[] =>
  Object.entries(custom).map(([name, declared]) => ({ name, ...declared }));

/** A table with its secrets; one that cannot be had is left out. */
const withSecrets = (table: object, path: readonly string[], secretAt: SecretAt): object =>
  Object.fromEntries(
    Object.entries(table).flatMap(([key, value]) => {
      const at = [...path, key];
      if (!isSecret(nodeAt(at) ?? {})) return [[key, value]];
      const secret = secretAt(at);
      return secret ? [[key, secret]] : [];
    }),
  );

/** Of the first version that is spoken. */
function pathOf(name: string, { path, versions }: AppInput): string {
  const root = path?.replace(/\/v[12]$/, '') ?? (name === 'default' ? '/scim' : `/${name}/scim`);
  return `${root}/${versions.includes('1.1') ? 'v1' : 'v2'}`;
}

function buildApp(name: string, input: AppInput, { auth: global, state_dir }: Input, secretAt: SecretAt): App {
  const own = input.auth ?? {};
  const tables: Readonly<Record<string, unknown>> = input;
  const inForce = (table: string): object => withSecrets(tables[table] ?? {}, ['apps', name, table], secretAt);
  const backends = catalogue.map((module) => [
    module.name,
    { ...module.defaults?.({ app: name, stateDir: state_dir }), ...inForce(module.name) },
  ]);
  // The type of a backend's tables is that of its zod schema, which is put together by name.
  return {
    ...input,
    ...Object.fromEntries(backends),
    name,
    path: pathOf(name, input),
    create_again: input.create_again ?? (input.put === 'merge' ? 'accept' : 'conflict'),
    dialect: input.dialect ?? (input.strict ? 'strict' : 'compatible'),
    auth: buildAuth(global, own, (key) => secretAt(['apps', name, 'auth', key]) ?? secretAt(['auth', key])),
    users: { ...inForce('users'), custom: customList(input.users.custom) },
    groups: { ...inForce('groups'), custom: customList(input.groups.custom) },
    entitlements: entitlementTypes(input.entitlements),
  } as App;
}

const buildAlerts = ({ alerts }: Input, secretAt: SecretAt): AlertSettings =>
  ({
    ...alerts,
    webhook: withSecrets(alerts.webhook, ['alerts', 'webhook'], secretAt),
    email: withSecrets(alerts.email, ['alerts', 'email'], secretAt),
  }) as AlertSettings;

/** Applies the defaults that depend on other settings. */
export function build(input: Input, secretAt: SecretAt, file: string | undefined): Config {
  const { passphrase: _, ...tls } = input.tls;
  const passphrase = secretAt(['tls', 'passphrase']);
  const apps = Object.entries(input.apps).map(([name, app]) => buildApp(name, app, input, secretAt));
  return {
    ...(file === undefined ? {} : { file }),
    state_dir: input.state_dir,
    state: buildState(
      input.state.backend,
      withSecrets(input.state.postgres, ['state', 'postgres'], secretAt) as StateSettings['postgres'],
      apps,
    ),
    server: {
      ...(withSecrets(input.server, ['server'], secretAt) as ServerSettings),
      max_user_body: Math.min(input.server.max_user_body, input.server.max_body),
      bulk_max_payload: Math.min(input.server.bulk_max_payload, input.server.max_body),
    },
    tls: { ...tls, ...(passphrase ? { passphrase } : {}) },
    log: input.log,
    journal: input.journal,
    audit: input.audit,
    alerts: buildAlerts(input, secretAt),
    metrics: input.metrics,
    apps,
  };
}
