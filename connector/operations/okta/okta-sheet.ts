import type { FormField } from '../../auth/method-kind.ts';
import { methodKind } from '../../auth/methods.ts';
import type { App, Config } from '../../config/config.ts';
import { isLoopback } from '../../config/vocabulary/listen.ts';
import { formatDuration } from '../../config/vocabulary/quantity.ts';
import { originOf } from '../../run/origin.ts';
import { type CallerCredential, callerCredential } from '../credential/caller-credential.ts';
import { listedCredentials } from '../credential/credential-desk.ts';
import type { FirstCredential } from '../credential/first-credential.ts';
import { type AgentTrust, agentTrust } from './agent-trust.ts';
import { type BaseUrl, baseUrlsOf, oktaUrl } from './base-urls.ts';
import { KNOWN_MAPPINGS, type KnownMapping } from './known-mappings.ts';
import { learntName, nameMismatch } from './learnt-name.ts';
import { measured } from './measured.ts';
import { capabilitiesOf } from './okta-capabilities.ts';
import { type CustomRow, customRows } from './okta-schema.ts';
import { secretField } from './secret-field.ts';

/** For whoever configures the app in Okta: what to enter, and how agents come to trust the connector. */
export interface Sheet {
  readonly app: string;
  /** Of the form "Configure SCIM Connector". */
  readonly fields: readonly FormField[];
  /** Which base URL is for what: its last segment decides the version of SCIM. */
  readonly base_urls: readonly BaseUrl[];
  readonly capabilities: readonly string[];
  readonly custom_attributes: readonly CustomRow[];
  readonly mappings: readonly KnownMapping[];
  readonly trust: AgentTrust | null;
  readonly notes: readonly string[];
}

/** What is known of a server that runs, and not of its configuration. */
export interface Started {
  /** Without slash at the end. */
  readonly baseUrl: string;
  /** Made at this start; it is shown where it fits. */
  readonly made?: FirstCredential | undefined;
}

/** Below this Okta accepts no timeout. Unit: s. */
const OKTA_LEAST_TIMEOUT = 30;

function authorization(app: App, credential: CallerCredential | undefined, baseUrl: string): readonly FormField[] {
  const root = baseUrl.replace(/\/v\d$/, '');
  const { auth } = app;
  const { okta } = methodKind(auth.method);
  const type = { field: 'Authorization type', value: okta.authorizationType };
  if (!credential) return [type, ...okta.fields(auth, '', { value: '' }, root)];
  const made = 'username' in credential ? credential.username : undefined;
  const username = auth.username ?? made ?? 'the one given to: token add NAME --basic USER';
  return [type, ...okta.fields(auth, username, secretField(app, credential), root)];
}

/** What the base URL that is to be entered does not do. */
function versionNotes({ versions, entitlements, name }: App): readonly string[] {
  if (!versions.includes('2.0'))
    return [
      `Entitlements, schema import and Microsoft Entra need SCIM 2.0: add "2.0" to versions under [apps.${name}].`,
    ];
  if (!versions.includes('1.1'))
    return [
      `Group push by Okta is known to work over SCIM 1.1 alone: add "1.1" to versions under [apps.${name}] to be safe.`,
    ];
  return entitlements.length === 0
    ? []
    : [
        'Entitlements need the base URL above, SCIM 2.0. Group push is known to work over SCIM 1.1 alone: try it first.',
      ];
}

function notes({ server, tls }: Config, app: App, trust: AgentTrust | undefined): readonly string[] {
  const { auth } = app;
  return [
    ...versionNotes(app),
    ...(server.http ? ['Agents refuse plain http unless agent.config says allowHttp = true.'] : []),
    ...(server.base_url === undefined && isLoopback(server.listen.host)
      ? ['This base URL works for an agent on this machine. For another one set server.listen and server.base_url.']
      : []),
    ...(methodKind(auth.method).open ? ['Whoever reaches this port may do everything.'] : []),
    ...(server.http || tls.source === 'auto'
      ? []
      : [
          'The certificate is your own: every agent must trust the CA that issued it. Where its Java does not already, import that CA there.',
        ]),
    ...(trust || server.http || tls.source !== 'auto'
      ? []
      : ['The first start makes the certificate: print this sheet again after it.']),
    'Okta asks for the capabilities only when the connector is tested or saved: save again after changing them.',
  ];
}

/** Why no more is needed: what was measured says how far away it is. */
async function timeoutHint(config: Config, app: App): Promise<string> {
  const ends = `a request ends here after ${formatDuration(config.server.deadline)}`;
  const seen = await measured(config, app);
  return seen === undefined ? ends : `${ends}; 99 of 100 of the last ${seen.requests} took ${seen.p99} ms at most`;
}

async function credentialFor(app: App, config: Config, made: FirstCredential | undefined) {
  const known = callerCredential(app, await listedCredentials(config));
  const isMade = made !== undefined && known?.kind === 'stored' && known.names.includes(made.name);
  return isMade ? ({ kind: 'new', ...made } as const) : known;
}

/** @throws CertificateError, CredentialError */
export async function sheetOf(config: Config, app: App, started?: Started): Promise<Sheet> {
  const { deadline, listen } = config.server;
  const baseUrl = started?.baseUrl ?? `${originOf(config, listen.port)}${app.path}`;
  const offered = await capabilitiesOf(config, app);
  const trust = await agentTrust(config);
  const mismatch = nameMismatch(config, app);
  const timeout = Math.max(OKTA_LEAST_TIMEOUT, Math.ceil(deadline / 1000) + 5);
  return {
    app: app.name,
    fields: [
      // With the slash: Okta appends "Users" to it.
      { field: 'SCIM connector base URL', value: oktaUrl(app, baseUrl) },
      ...authorization(app, await credentialFor(app, config, started?.made), baseUrl),
      { field: 'Unique user field name', value: 'userName' },
      { field: 'Accept user updates', value: 'on' },
      {
        field: 'Timeout for API calls',
        value: `${timeout} seconds`,
        hint: await timeoutHint(config, app),
      },
    ],
    base_urls: baseUrlsOf(app, baseUrl),
    capabilities: offered.filter(({ on }) => on).map(({ name }) => name),
    custom_attributes: customRows(app, learntName(config, app)),
    mappings: KNOWN_MAPPINGS,
    trust: trust ?? null,
    notes: [...(mismatch ? [mismatch.text] : []), ...notes(config, app, trust)],
  };
}
