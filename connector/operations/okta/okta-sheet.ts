import type { FormField } from '../../auth/method-kind.ts';
import { methodKind } from '../../auth/methods.ts';
import type { App, Config } from '../../config/config.ts';
import { isLoopback } from '../../config/vocabulary/listen.ts';
import { formatDuration } from '../../config/vocabulary/quantity.ts';
import { type Credential, secretField } from '../credential/credential-hint.ts';
import { type CustomRow, customRows } from './okta-schema.ts';

/** The certificate every agent must import, when it is ours. */
export interface Trust {
  readonly ca_file: string;
  readonly alias: string;
  readonly sha256: string;
  readonly linux: readonly string[];
  readonly windows: readonly string[];
}

export interface Sheet {
  readonly app: string;
  /** What to write in the form. */
  readonly fields: readonly FormField[];
  readonly capabilities: readonly string[];
  readonly custom_attributes: readonly CustomRow[];
  readonly trust: Trust | null;
  readonly notes: readonly string[];
}

export interface SheetOptions {
  readonly config: Config;
  readonly app: App;
  /** Without slash at the end. */
  readonly baseUrl: string;
  readonly credential: Credential;
  readonly capabilities: readonly string[];
  readonly trust: Trust | undefined;
}

/** Below this Okta accepts no timeout. Unit: s. */
const OKTA_LEAST_TIMEOUT = 30;

function authorization({ auth }: App, credential: Credential): readonly FormField[] {
  const { okta } = methodKind(auth.method);
  const username = auth.username ?? credential.username ?? 'the one given to: token add NAME --basic USER';
  return [
    { field: 'Authorization type', value: okta.authorizationType },
    ...okta.fields(auth, username, secretField(auth, credential)),
  ];
}

function notes({ config, app, trust }: SheetOptions): readonly string[] {
  const { server } = config;
  return [
    ...(server.http ? ['Agents refuse plain http unless agent.config says allowHttp = true.'] : []),
    ...(server.base_url === undefined && isLoopback(server.listen.host)
      ? ['This base URL works for an agent on this machine. For another one set server.listen and server.base_url.']
      : []),
    ...(methodKind(app.auth.method).open ? ['Whoever reaches this port may do everything.'] : []),
    ...(trust || server.http || config.tls.source !== 'auto'
      ? []
      : ['The first start makes the certificate: print this sheet again after it.']),
    'Okta asks for the capabilities only when the connector is tested or saved: save again after changing them.',
  ];
}

export function oktaSheet(options: SheetOptions): Sheet {
  const { config, app, baseUrl, credential, capabilities, trust } = options;
  const deadline = config.server.deadline;
  const timeout = Math.max(OKTA_LEAST_TIMEOUT, Math.ceil(deadline / 1000) + 5);
  return {
    app: app.name,
    fields: [
      // With the slash: Okta appends "Users" to it.
      { field: 'SCIM connector base URL', value: `${baseUrl}/` },
      ...authorization(app, credential),
      { field: 'Unique user field name', value: 'userName' },
      { field: 'Accept user updates', value: 'on' },
      {
        field: 'Timeout for API calls',
        value: `${timeout} seconds`,
        hint: `a request ends here after ${formatDuration(deadline)}`,
      },
    ],
    capabilities,
    custom_attributes: customRows(app),
    trust: trust ?? null,
    notes: notes(options),
  };
}
