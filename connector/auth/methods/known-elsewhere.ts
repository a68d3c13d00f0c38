import type { CredentialKind } from '../credentials/credential.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import type { Verdict } from '../method.ts';

/** Whether `app` has any credential of this kind, one that another connector has made a moment ago included. */
export const isKnown = async (
  store: CredentialStore | undefined,
  kind: CredentialKind,
  app: string,
): Promise<boolean> => store !== undefined && (store.has(kind, app) || ((await store.learn()) && store.has(kind, app)));

/** Whether it was refused for want of a credential that may have been made elsewhere a moment ago. */
export const isUnknown = (verdict: Verdict): boolean =>
  'fault' in verdict && (verdict.fault === 'token-unknown' || verdict.fault === 'attempts-too-many');
