import type { Config } from '../../config/config.ts';
import { keytoolCommands } from '../../tls/keytool.ts';
import { describeAuthority } from '../../tls/own/describe-authority.ts';

/** The certificate every agent must import, when it is ours, and how. */
export interface AgentTrust {
  readonly ca_file: string;
  readonly alias: string;
  readonly sha256: string;
  readonly linux: readonly string[];
  readonly windows: readonly string[];
}

/** Undefined when there is nothing to import, or nothing yet. @throws CertificateError */
export async function agentTrust({ server, tls, state_dir }: Config): Promise<AgentTrust | undefined> {
  const authority = server.http || tls.source !== 'auto' ? undefined : await describeAuthority(state_dir);
  if (!authority) return undefined;
  const { file, alias, fingerprint256 } = authority;
  return { ca_file: file, alias, sha256: fingerprint256, ...keytoolCommands({ caFile: file, alias }) };
}
