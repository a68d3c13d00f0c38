import { closeSync, rmSync, writeFileSync } from 'node:fs';
import { writtenConfig } from '../../config/describe/written-config.ts';
import type { Notices } from '../../log/notices.ts';
import { createPrivateFile } from '../../state/private-file.ts';
import { type AuthorityDescription, describeAuthority } from '../../tls/own/describe-authority.ts';
import { readCertificate } from '../certificate/read-certificate.ts';
import { type FirstCredential, makeFirstCredentials } from '../credential/first-credential.ts';
import { type Chosen, setsSecretOf } from './choose-settings.ts';
import { writeConfiguration } from './configuration-file.ts';

export interface Initialisation {
  /** The configuration to write, absolute. What is there already is kept beside it. */
  readonly file: string;
  readonly chosen: Chosen;
  /** Of the first credential. */
  readonly credentialName: string;
  /** A new file that gets the credentials, one a line. */
  readonly credentialFile?: string | undefined;
  /** Gives folders and files to the account of the service, and makes us that account. */
  readonly handOver: (file: string, stateDir: string) => Promise<void>;
}

export interface Initialised {
  /** Ours, when the connector serves TLS with it. */
  readonly authority?: AuthorityDescription;
  readonly credentials: readonly FirstCredential[];
}

/**
 * Makes what a first start needs: the configuration, the certificate and a credential for every app that has none.
 * All of it or nothing.
 */
export async function initialise(wanted: Initialisation, notices: Notices): Promise<Initialised> {
  const { file, chosen, credentialFile } = wanted;
  const takeBack = writeConfiguration(file, writtenConfig(chosen.settings));
  let secrets: number | undefined;
  try {
    // Opened while we may: afterwards we are the service's account.
    secrets = credentialFile === undefined ? undefined : createPrivateFile(credentialFile);
    await wanted.handOver(file, chosen.config.state_dir);
    const made = await makeCertificateAndCredentials(wanted, notices);
    if (secrets !== undefined) writeFileSync(secrets, made.credentials.map(({ secret }) => `${secret}\n`).join(''));
    return made;
  } catch (error) {
    // What is left of a failed attempt would stand in the way of the next one.
    if (secrets !== undefined && credentialFile !== undefined) rmSync(credentialFile, { force: true });
    takeBack();
    throw error;
  } finally {
    if (secrets !== undefined) closeSync(secrets);
  }
}

async function makeCertificateAndCredentials(
  { chosen, credentialName }: Initialisation,
  notices: Notices,
): Promise<Initialised> {
  const { config, settings } = chosen;
  if (!config.server.http) await readCertificate(config, notices);
  const apps = config.apps.filter((app) => !setsSecretOf(settings, app));
  const credentials = await makeFirstCredentials(config, apps, credentialName);
  const authority = config.server.http ? undefined : await describeAuthority(config.state_dir);
  return { ...(authority ? { authority } : {}), credentials };
}
