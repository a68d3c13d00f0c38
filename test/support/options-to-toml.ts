import { tomlKey, tomlValue } from '../../connector/config/vocabulary/toml-value.ts';
import type { CustomAttribute } from '../../connector/scim/schema/custom.ts';
import type { StartOptions } from './start-server.ts';

/** A setting that is `undefined` is left out. */
export type Setting = readonly [path: readonly string[], value: unknown];

/** Beside the configuration file; holds the token, where there is one. */
export const TOKEN_FILE = 'token';

const bytes = (amount: number | undefined): string | undefined => (amount === undefined ? undefined : `${amount}B`);

/** What is bound to the socket: a reload does not reach it. */
export const boundSettings = ({ maxBody, deadline, passingStatus, offer = {} }: StartOptions): readonly Setting[] => [
  [['server', 'http'], true],
  [['server', 'listen'], '127.0.0.1:0'],
  [['server', 'max_body'], bytes(maxBody)],
  [['server', 'bulk_max_payload'], bytes(offer.bulkMaxPayload)],
  [['server', 'deadline'], deadline === undefined ? undefined : `${deadline}ms`],
  [['server', 'unavailable_status'], passingStatus],
];

const declared = (attributes: readonly CustomAttribute[] = []): object | undefined =>
  attributes.length === 0 ? undefined : Object.fromEntries(attributes.map(({ name, ...rest }) => [name, rest]));

const appSettings = ({
  policy = {},
  offer = {},
  customization,
  entitlements = [],
  strict,
  dialect,
  patchReply,
}: StartOptions): readonly Setting[] => [
  [['put'], policy.put],
  // The file's own default depends on `put`.
  [['create_again'], policy.createAgain ?? 'accept'],
  [['create_again_v2'], policy.createAgain],
  [['require_if_match'], policy.requireIfMatch],
  [['unknown_members'], policy.unknownMembers],
  [['unknown_manager'], policy.unknownManager],
  [['unknown_manager_v2'], policy.unknownManager],
  [['manager_id'], policy.managerId],
  [['strict'], strict],
  [['dialect'], dialect],
  [['patch_reply'], patchReply],
  [['features', 'patch'], offer.patch],
  [['features', 'bulk'], offer.bulk],
  [['features', 'filter'], offer.filter],
  [['features', 'sort'], offer.sort],
  [['features', 'etag'], offer.etag],
  [['okta_app'], customization?.app],
  [['users', 'custom'], declared(customization?.users)],
  [['users', 'schema_urn'], customization?.userSchema],
  [['groups', 'custom'], declared(customization?.groups)],
  ...entitlements.map(({ name, ...rest }): Setting => [['entitlements', name], rest]),
];

/** The configuration file that says what `options` say. @param store  settings of the app's store */
export function optionsToToml(options: StartOptions, store: readonly Setting[]): string {
  const { offer = {}, token } = options;
  const settings: readonly Setting[] = [
    [['config_version'], 1],
    ...boundSettings(options),
    [['server', 'page_limit'], offer.maxResults],
    [['server', 'bulk_max_operations'], offer.bulkMaxOperations],
    [['log', 'format'], 'json'],
    ...(token === undefined
      ? [[['auth', 'method'], 'none'] as const]
      : [[['auth', 'token'], { file: TOKEN_FILE }] as const]),
    ...[...appSettings(options), ...store].map(([path, value]): Setting => [['apps', 'default', ...path], value]),
  ];
  return settings
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => `${tomlKey(path)} = ${tomlValue(value)}\n`)
    .join('');
}
