/** What `okta sheet|schema|capabilities` print, gathered from configuration, credentials, certificate and backend. */

import { EXIT } from '../../../bin/cli/exit-codes.ts';
import { CommandError } from '../../../bin/cli/failure.ts';
import { type ListedCredential, listCredentials } from '../../auth/credentials/list-credentials.ts';
import { methodKind } from '../../auth/methods.ts';
import { createBackend } from '../../backend/registry.ts';
import type { App, Config } from '../../config/config.ts';
import { type Capability, oktaCapabilities } from '../../protocol/okta-capabilities.ts';
import { originOf } from '../../run/connector.ts';
import { offerOf } from '../../run/mounts.ts';
import { keytoolCommands } from '../../tls/keytool.ts';
import { describeAuthority } from '../../tls/own/describe-authority.ts';
import type { Credential } from '../credential/credential-hint.ts';
import { oktaSheet, type Sheet, type Trust } from './okta-sheet.ts';

/** The apps asked for: one by name, or all. @throws CommandError there is no such app */
export function chosenApps({ apps }: Config, name: string | undefined): readonly App[] {
  const chosen = apps.filter((app) => name === undefined || app.name === name);
  if (chosen.length > 0) return chosen;
  throw new CommandError(
    EXIT.usage,
    `--app: there is no app "${name}"; configured: ${apps.map((app) => app.name).join(', ')}`,
  );
}

export async function capabilitiesOf(config: Config, app: App): Promise<readonly Capability[]> {
  const { backend, readOnly, filter } = offerOf(config, app, await createBackend(app));
  return oktaCapabilities(backend, { readOnly, filter });
}

const fits =
  ({ name, auth }: App) =>
  (credential: ListedCredential): boolean =>
    credential.kind === methodKind(auth.method).credential &&
    !credential.expired &&
    (credential.app === undefined || credential.app === name);

/** What a caller of `app` can log in with. */
export function credentialOf(app: App, listed: readonly ListedCredential[]): Credential {
  if (methodKind(app.auth.method).isSet(app.auth)) return { kind: 'fixed' };
  const stored = listed.filter(fits(app));
  const [first] = stored;
  if (!first) return { kind: 'missing' };
  return {
    kind: 'stored',
    names: stored.map(({ name }) => name),
    ...(first.username === undefined ? {} : { username: first.username }),
  };
}

async function trustOf({ server, tls, state_dir }: Config): Promise<Trust | undefined> {
  const authority = server.http || tls.source !== 'auto' ? undefined : await describeAuthority(state_dir);
  if (!authority) return undefined;
  const { file, alias, fingerprint256 } = authority;
  return { ca_file: file, alias, sha256: fingerprint256, ...keytoolCommands({ caFile: file, alias }) };
}

export interface Started {
  /** Without slash at the end. */
  readonly baseUrl: string;
  /** Just made, to be shown this once. */
  readonly made?: Credential | undefined;
}

export async function sheetOf(config: Config, app: App, started?: Started): Promise<Sheet> {
  const offered = await capabilitiesOf(config, app);
  return oktaSheet({
    config,
    app,
    baseUrl: started?.baseUrl ?? `${originOf(config, config.server.listen.port)}${app.path}`,
    credential: started?.made ?? credentialOf(app, listCredentials(config.state_dir)),
    capabilities: offered.filter(({ on }) => on).map(({ name }) => name),
    trust: await trustOf(config),
  });
}
