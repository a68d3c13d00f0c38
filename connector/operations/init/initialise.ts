import type { Notices } from '../../log/notices.ts';
import { isRefusal, type NamedOutput, withOutput } from '../../state/named-output.ts';
import { type AuthorityDescription, describeAuthority } from '../../tls/own/describe-authority.ts';
import { readCertificate } from '../certificate/read-certificate.ts';
import { type FirstCredential, makeFirstCredentials } from '../credential/first-credential.ts';
import { type Additions, addToState } from './add-to-state.ts';
import { type Chosen, setsSecretOf } from './choose-settings.ts';
import { writeConfiguration } from './configuration-file.ts';

export interface Initialisation {
  /** The configuration to write, absolute. What is there already is kept beside it. */
  readonly file: string;
  readonly chosen: Chosen;
  /** What the configuration refers to in the state folder. */
  readonly additions?: Additions | undefined;
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
 * All of it or nothing. Whoever is killed in between leaves the old configuration, or the new one with all that it
 * refers to: what it names is there before it is, and under names that the old one does not use.
 */
export async function initialise(wanted: Initialisation, notices: Notices): Promise<Initialised> {
  const { file, chosen, credentialFile, additions } = wanted;
  const undone: (() => void)[] = [];
  const make = async (secrets?: NamedOutput): Promise<Initialised> => {
    if (additions) undone.push(await addToState(chosen.config.state_dir, additions));
    undone.push(writeConfiguration(file, chosen.text));
    await wanted.handOver(file, chosen.config.state_dir);
    const made = await makeCertificateAndCredentials(wanted, notices);
    secrets?.write(made.credentials.map(({ secret }) => `${secret}\n`).join(''));
    return made;
  };
  try {
    return credentialFile === undefined ? await make() : await withOutput(credentialFile, {}, make);
  } catch (error) {
    // What is left of a failed attempt would stand in the way of the next one.
    for (const undo of undone.toReversed()) ignoringRefusal(undo);
    throw error;
  }
}

/** The account of the service cannot undo what root has done; that must not hide why it is to be undone. */
function ignoringRefusal(undo: () => void): void {
  try {
    undo();
  } catch (error) {
    if (!isRefusal(error)) throw error;
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
