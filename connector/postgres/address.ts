/** sslmode of libpq, without those that let anybody listen in where TLS is offered. */
export const SSL_MODES = ['verify-full', 'verify-ca', 'require', 'disable'] as const;

export type SslMode = (typeof SSL_MODES)[number];

export interface Host {
  readonly host: string;
  readonly port: number;
}

/** As a person writes it: `db1.corp.example:5432`. */
export const shownHost = ({ host, port }: Host): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** What a URL of PostgreSQL says. */
export interface Address {
  readonly user: string;
  readonly database: string;
  readonly hosts: readonly Host[];
  readonly sslmode?: SslMode;
}

const PORT = 5432;
const URL_FORM = /^postgres(?:ql)?:\/\/(?:([^@/]*)@)?([^/?#]*)\/([^/?#]+)(?:\?([^#]*))?$/;

const EXAMPLE = '"postgres://scim@db.corp.example:5432/scim"';

function hostOf(text: string): Host | undefined {
  const [, bracketed, name, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? name;
  return host === undefined ? undefined : { host, port: port === undefined ? PORT : Number(port) };
}

const NO_PASSWORD =
  'must hold no password; leave it out and write password = { env = "VARIABLE" } or { secret = "name" }';

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const isSslMode = (text: string): text is SslMode => (SSL_MODES as readonly string[]).includes(text);

/** postgres://user@host:port,host:port/database?sslmode=…&target_session_attrs=… (PostgreSQL, libpq, 34.1.1.2). */
export function addressOf(url: string): Address | { readonly complaint: string } {
  const [, login = '', hostText = '', database = '', query = ''] = URL_FORM.exec(url) ?? [];
  if (database === '') return { complaint: `must look like ${EXAMPLE}` };
  if (login.includes(':') || /(?:^|&)(?:password|sslpassword)=/.test(query)) return { complaint: NO_PASSWORD };
  const [user, name] = [decoded(login), decoded(database)];
  if (user === undefined || name === undefined) return { complaint: 'must write "%" itself as %25' };
  if (login === '') return { complaint: `must name the role before the host, as in ${EXAMPLE}` };
  const hosts = hostText.split(',').map(hostOf);
  if (hosts.some((host) => host === undefined || host.port > 65_535))
    return { complaint: `must name host and port, as in ${EXAMPLE}; several with a comma between them` };
  const parameters = new URLSearchParams(query);
  for (const [parameter, value] of parameters) {
    if (parameter === 'sslmode' && !isSslMode(value))
      return { complaint: `sslmode must be one of ${SSL_MODES.join(', ')}` };
    if (parameter === 'target_session_attrs' && !['primary', 'read-write'].includes(value))
      return {
        complaint: 'target_session_attrs must be "read-write" or "primary": the connector reads from the primary',
      };
    if (parameter !== 'sslmode' && parameter !== 'target_session_attrs')
      return {
        complaint: `${parameter} is no setting of the connector; only sslmode and target_session_attrs may stand there`,
      };
  }
  const sslmode = parameters.get('sslmode');
  return {
    user,
    database: name,
    hosts: hosts as readonly Host[],
    ...(sslmode !== null && isSslMode(sslmode) ? { sslmode } : {}),
  };
}
