import { accessSync, closeSync, constants, openSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { aliasFor } from '../../tls/keytool.ts';
import { oneLine } from '../../tls/pem.ts';
import { OperationError } from '../operation-error.ts';
import { anchorOf, isSame } from './anchor.ts';
import { checkTrust, type TrustQuestion, type TrustReport } from './check-trust.ts';
import { importWithKeytool } from './import-with-keytool.ts';
import { type OpenedStore, openStore } from './open-store.ts';
import { backupName, replaceStore } from './replace-store.ts';

/** What an installation is going to do. */
export interface TrustPlan {
  readonly report: TrustReport;
  /** Undefined: nothing is to be done. */
  readonly change: TrustChange | undefined;
}

export interface TrustChange {
  readonly store: string;
  readonly keytool: string;
  readonly alias: string;
  /** PEM. */
  readonly certificate: string;
  readonly sha256: string;
  readonly subject: string;
  readonly backup: string;
  readonly password: string;
}

function mustBeWritable(store: string, sudo: string): void {
  try {
    const file = realpathSync(store);
    // What is opened for it and not written stays as it is.
    closeSync(openSync(file, 'r+'));
    accessSync(dirname(file), constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new OperationError('secret', `${store} may not be changed by this account: ${sudo}`, { cause });
  }
}

/** The password that changes it: one to read it with is not enough where it is open. */
function passwordOf({ file, password }: OpenedStore): string {
  if (password !== undefined) return password;
  throw new OperationError('usage', `${file}: its password is not "changeit"; name it with --password-file`);
}

export interface TrustOptions {
  /** Runs where the agent has none. */
  readonly keytool?: string | undefined;
  /** The command that does the same with the rights for it. */
  readonly sudo: string;
  readonly now?: Date;
}

/** Looks, and works out what has to be done. @throws OperationError it cannot be */
export function planTrust(question: TrustQuestion, options: TrustOptions): TrustPlan {
  const { sudo, now = new Date() } = options;
  const report = checkTrust(question, now.getTime());
  const { store, authority, served } = report;
  if (report.anchor?.trusts === 'authority' || store === undefined || served === undefined)
    return { report, change: undefined };
  if (authority === undefined)
    throw new OperationError(
      'tls',
      `the issuer of the certificate is not in the configured file, so there is nothing to import: append the certificate of ${oneLine(served.chain[0].issuer)} to it`,
    );
  const keytool = question.agent?.java?.keytool ?? options.keytool;
  if (keytool === undefined)
    throw new OperationError(
      'usage',
      'the agent brings no keytool along, and there is none in the path: install a Java',
    );
  mustBeWritable(store.file, sudo);
  const sha256 = authority.fingerprint256;
  const change = {
    store: store.file,
    keytool,
    alias: aliasFor(sha256),
    certificate: String(authority),
    sha256,
    subject: oneLine(authority.subject),
    backup: backupName(realpathSync(store.file), now),
    password: passwordOf(store),
  };
  return { report, change };
}

/**
 * Imports the certificate into a copy, looks whether it is there, and puts the copy in the place of the store.
 * @returns where the old one is kept
 * @throws OperationError the old one is as it was
 */
export async function installTrust(change: TrustChange, question: TrustQuestion, now = new Date()): Promise<string> {
  const { store, password, keytool, alias, certificate } = change;
  const before = openStore(store, password).entries;
  const backup = await replaceStore(store, now, async (copy) => {
    await importWithKeytool({ keytool, store: copy, alias, certificate, password });
    const after = openStore(copy, password).entries;
    const isKept = before.every((one) => after.some((other) => isSame(one.certificate, other.certificate)));
    if (!isKept || after.length !== before.length + 1)
      throw new OperationError('unexpected', `${keytool} has not made of ${store} what it should: nothing was changed`);
  });
  const report = checkTrust({ ...question, password }, now.getTime());
  if (report.store !== undefined && report.served !== undefined && anchorOf(report.served.chain, report.store.entries))
    return backup;
  throw new OperationError(
    'unexpected',
    `${store} does not hold the CA although it was imported: its old content is in ${backup}`,
  );
}
