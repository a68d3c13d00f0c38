import type { TrustQuestion } from '../../../connector/operations/trust/check-trust.ts';
import { servedChain } from '../../../connector/operations/trust/served-chain.ts';
import { type LoadedHere, loadAsRoot } from '../../cli/load.ts';
import { asOwner } from '../../host/service-account.ts';
import { type TrustArguments, trustQuestion } from './trust-arguments.ts';

export interface TrustSubject {
  readonly loaded: LoadedHere;
  readonly question: TrustQuestion;
}

/** What is looked at: the agent's files as root, if that is who we are, and ours as their owner. @throws CertificateError */
export async function subjectOf(given: TrustArguments): Promise<TrustSubject> {
  const asked = await trustQuestion(given);
  const loaded = await loadAsRoot(given);
  const { config } = loaded;
  const served = config.server.http ? undefined : await asOwner(config.state_dir, () => servedChain(config));
  return { loaded, question: { ...asked, served } };
}
