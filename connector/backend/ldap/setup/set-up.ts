import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ScimError } from '../../../scim/error.ts';
import { typesOf } from '../../module/app-settings.ts';
import type { Interviewer } from '../../module/interview.ts';
import type { SetUp, SetUpSubject } from '../../module/set-up.ts';
import { openDirectory } from '../connection/directory.ts';
import type { DirectoryOptions, Trust } from '../connection/directory-options.ts';
import type { LdapApp } from '../settings/options.ts';
import type { LdapSettings } from '../settings/own-table.ts';
import { directoryOptions, trustOf } from '../settings/settings.ts';
import { type Account, askAccount, bindAs } from './ask-account.ts';
import { askLayout } from './ask-layout.ts';
import { askServer, type Server } from './ask-server.ts';
import { changedSettings } from './changed-settings.ts';
import { contextsOf, productOf } from './contexts.ts';
import { draftedApp } from './drafted-app.ts';
import { type Layout, proposeLayout } from './layout.ts';

/** A file that cannot be read is one more thing to be asked for. */
function knownTrust(ldap: LdapSettings, { refuse }: Interviewer): Trust {
  try {
    return trustOf(ldap);
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    refuse(error.message);
    return { kind: 'system' };
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

interface Pinned {
  readonly settings: Pick<LdapSettings, 'ca_file' | 'fingerprints'>;
  readonly files: SetUp['files'];
}

/** Named by what it holds: what the present configuration refers to is never written over. */
function pinned(trust: Trust, known: Trust, { ldap }: LdapApp, stateDir: string): Pinned {
  const { ca_file, fingerprints } = ldap;
  if (trust === known)
    return {
      settings: {
        ...(ca_file === undefined ? {} : { ca_file }),
        ...(fingerprints === undefined ? {} : { fingerprints }),
      },
      files: [],
    };
  if (trust.kind === 'pinned') return { settings: { fingerprints: trust.sha256 }, files: [] };
  if (trust.kind === 'system') return { settings: {}, files: [] };
  const path = join(stateDir, 'tls', `directory-${digest(trust.ca)}.pem`);
  return { settings: { ca_file: path }, files: [{ path, text: trust.ca }] };
}

/** A new name for a new password, for the same reason. */
const secretName = (app: string, { dn, password }: Account): string => `ldap-${app}-${digest(`${dn}\0${password}`)}`;

function optionsFor({ ldap }: LdapApp, { url, startTls, trust }: Server): Omit<DirectoryOptions, 'bind'> {
  const { ca_file: _, fingerprints: __, client_cert_file: ___, ...rest } = ldap;
  return { ...directoryOptions(rest), urls: [url], startTls, trust };
}

/** Everything about the directory, found out with as few questions as there can be; nothing is written. */
export async function setUp({ app, stateDir, interviewer }: SetUpSubject<LdapApp>): Promise<SetUp> {
  const known = knownTrust(app.ldap, interviewer);
  const server = await askServer({ url: app.ldap.urls?.[0], trust: known }, interviewer);
  const options = optionsFor(app, server);
  const { account, layout } = await accountAndLayout(app, options, interviewer);
  const pin = pinned(server.trust, known, app, stateDir);
  const others = server.url === app.ldap.urls?.[0] ? app.ldap.urls.slice(1) : [];
  const { ca_file: _, fingerprints: __, start_tls: ___, ...ldap } = app.ldap;
  const after: LdapApp = {
    ...draftedApp(app, layout),
    ldap: {
      ...ldap,
      urls: [server.url, ...others],
      ...(server.startTls ? { start_tls: true } : {}),
      ...pin.settings,
      ...(account ? { bind_dn: account.dn } : {}),
    },
  };
  if (!account) return { settings: changedSettings(app, after), secrets: [], files: pin.files };
  const name = secretName(app.name, account);
  return {
    settings: [
      ...changedSettings(app, after),
      ...(account.isKept ? [] : [{ path: ['ldap', 'password'], value: { secret: name } }]),
    ],
    secrets: account.isKept ? [] : [{ name, value: account.password }],
    files: pin.files,
  };
}

/** A client certificate that is configured says who the service account is: then there is none to be asked for. */
async function accountAndLayout(
  app: LdapApp,
  options: Omit<DirectoryOptions, 'bind'>,
  interviewer: Interviewer,
): Promise<{ readonly account: Account | undefined; readonly layout: Layout }> {
  const { signal, say } = interviewer;
  const known = { dn: app.ldap.bind_dn, password: app.ldap.password?.reveal() };
  const isCertified = app.ldap.client_cert_file !== undefined;
  const account = isCertified ? undefined : await askAccount(known, options, interviewer);
  const name = account?.dn ?? 'the client certificate';
  const directory = await openDirectory({
    ...options,
    bind: account ? bindAs(account) : directoryOptions(app.ldap).bind,
  });
  try {
    const dse = await directory.rootDse(signal);
    say('Looking for people and groups …');
    const proposed = await proposeLayout(directory, signal, dse, app);
    say(`${productOf(dse, proposed.profile.name)}, ${contextsOf(dse).join(', ')}`);
    const layout = await askLayout(proposed, { directory, app, types: typesOf(app), account: name, interviewer });
    if (layout) return { account, layout };
  } finally {
    await directory.close();
  }
  return accountAndLayout(app, options, interviewer);
}
