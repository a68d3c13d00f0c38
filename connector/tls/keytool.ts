/** How an agent is told to trust the connector (docs/okta-agent.md, Trust). */

export interface KeytoolCommands {
  readonly linux: readonly string[];
  /** For an elevated command prompt. */
  readonly windows: readonly string[];
}

export interface TrustRequest {
  /** Path of the certificate as the agent's host will know it. */
  readonly caFile: string;
  /** Unique within the truststore: a new certificate needs a new one. */
  readonly alias: string;
}

const LINUX = '/opt/OktaProvisioningAgent/jre';
const WINDOWS = 'C:\\Program Files\\Okta\\On-Premises Provisioning Agent\\current\\jre';

/** A truststore tells its entries apart by alias: this one differs for every certificate. */
export const aliasFor = (sha256: string): string =>
  `scim-connector-${sha256.replaceAll(':', '').slice(0, 8).toLowerCase()}`;

/** One agent, as it lies on its host. */
export interface ImportRequest extends TrustRequest {
  readonly keytool: string;
  readonly store: string;
  readonly system: 'linux' | 'windows';
}

/** What starts the agent again, by its system. */
export const RESTARTS = {
  linux: 'sudo systemctl restart OktaProvisioningAgent',
  windows: 'net stop "Okta Provisioning Agent" && net start "Okta Provisioning Agent"',
} as const;

/** Lines to copy for the agent of which everything is known. */
export function importCommands({ keytool, store, caFile, alias, system }: ImportRequest): readonly string[] {
  const words = (quote: (word: string) => string): string =>
    `${quote(keytool)} -importcert -noprompt -file ${quote(caFile)} -alias ${alias} -keystore ${quote(store)} -storepass changeit`;
  return [system === 'windows' ? words((word) => `"${word}"`) : `sudo ${words(posix)}`, RESTARTS[system]];
}

/** Lines to copy. `changeit` is the well-known password of every Java truststore and protects nothing. */
export function keytoolCommands({ caFile, alias }: TrustRequest): KeytoolCommands {
  return {
    linux: [
      // Agents keep the file in one of two places, by version.
      `STORE=$(ls ${LINUX}/jre/lib/security/cacerts ${LINUX}/lib/security/cacerts 2>/dev/null | head -n 1)`,
      'sudo systemctl stop OktaProvisioningAgent',
      `sudo ${LINUX}/bin/keytool -importcert -noprompt -file ${posix(caFile)} -alias ${posix(alias)} -keystore "\${STORE:?no Okta agent on this machine}" -storepass changeit`,
      'sudo systemctl start OktaProvisioningAgent',
    ],
    windows: [
      'net stop "Okta Provisioning Agent"',
      `"${WINDOWS}\\bin\\keytool.exe" -importcert -noprompt -file "${windowsName(caFile)}" -alias "${alias}" -keystore "${WINDOWS}\\lib\\security\\cacerts" -storepass changeit`,
      'net start "Okta Provisioning Agent"',
    ],
  };
}

const posix = (word: string): string => (/^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** A path of this host says nothing on another system: there, the file is wherever it was copied to. */
const windowsName = (file: string): string => (file.startsWith('/') ? (file.split('/').at(-1) ?? file) : file);
