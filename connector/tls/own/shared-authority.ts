import type { X509Certificate } from 'node:crypto';
import type { Notices } from '../../log/notices.ts';
import { readIfPresent, writePrivate } from '../../state/private-file.ts';
import { parseCertificates } from '../pem.ts';
import { authorityFile, issuerFile } from './state-files.ts';

/** The authority of several connectors, as its file holds it: certificates and key, PEM. */
export interface AuthorityInUse {
  readonly text: string;
  /** SHA-256 of the roots that it has come after, which connectors may still have. */
  readonly former: readonly string[];
}

/** Where several connectors have one authority together, so that agents import one. */
export interface SharedAuthority {
  /** Undefined where nobody has made one yet. @throws unavailable */
  read(): Promise<AuthorityInUse | undefined>;
  /** Of whoever comes first. @returns the one of all @throws unavailable */
  keep(first: AuthorityInUse): Promise<AuthorityInUse>;
  /** @throws unavailable */
  replace(next: AuthorityInUse): Promise<void>;
}

const rootOf = (text: string, file: string): X509Certificate => {
  const all = parseCertificates(text, file);
  return all.at(-1) ?? all[0];
};

const adopt = (stateDir: string, { text }: AuthorityInUse, log: Notices): void => {
  writePrivate(issuerFile(stateDir), text);
  log.info(
    `has the certificate authority of the other connectors from now on: ${authorityFile(stateDir)} (SHA-256 ${rootOf(text, issuerFile(stateDir)).fingerprint256}), to be imported in every agent once`,
  );
};

/**
 * Brings the authority of a state folder and that of all connectors together: what one has made the others take, and a renewed
 * one comes to all. One of its own, which agents trust already, is not taken from a connector: the log says what to do.
 * Undefined: there is none anywhere. To be called by one at a time.
 * @throws unavailable, CertificateError
 */
export async function followShared(
  stateDir: string,
  shared: SharedAuthority,
  log: Notices,
): Promise<'there' | undefined> {
  const file = issuerFile(stateDir);
  const own = readIfPresent(file);
  const known = (await shared.read()) ?? (own === undefined ? undefined : await shared.keep({ text: own, former: [] }));
  if (known === undefined) return undefined;
  if (own === known.text) return 'there';
  if (own === undefined || known.former.includes(rootOf(own, file).fingerprint256)) adopt(stateDir, known, log);
  else
    log.warn(
      `this connector keeps a certificate authority of its own, which agents trust; the other connectors have another one: to have theirs here too, remove ${file}, restart, and import ${authorityFile(stateDir)} in the agents of this one`,
    );
  return 'there';
}

/** Tells the others of an authority that has just been made here. @returns whether it is the one of all @throws unavailable */
export async function shareNew(stateDir: string, shared: SharedAuthority, log: Notices): Promise<boolean> {
  const text = readIfPresent(issuerFile(stateDir)) ?? '';
  const known = await shared.keep({ text, former: [] });
  // Somebody was faster.
  if (known.text !== text) adopt(stateDir, known, log);
  return known.text === text;
}

/** Puts an authority that has just been made here in the place of the one that all have. @throws unavailable */
export async function shareRenewed(
  stateDir: string,
  shared: SharedAuthority,
  before: string | undefined,
): Promise<void> {
  const file = issuerFile(stateDir);
  const known = await shared.read();
  const former = [known?.text, before].flatMap((text) =>
    text === undefined ? [] : [rootOf(text, file).fingerprint256],
  );
  await shared.replace({
    text: readIfPresent(file) ?? '',
    former: [...new Set([...(known?.former ?? []), ...former])],
  });
}
