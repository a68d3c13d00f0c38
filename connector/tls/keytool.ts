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
