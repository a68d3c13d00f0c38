import { ScimError } from '../scim/error.ts';
import type { Protocol } from './protocol.ts';
import { PROTOCOLS } from './protocols.ts';

/** The protocol that a body is written in beyond doubt, where another one is spoken. */
export const writerOf = (spoken: Protocol, body: object): Protocol | undefined =>
  spoken.owns(body) ? undefined : PROTOCOLS.find(({ version, owns }) => version !== spoken.version && owns(body));

/**
 * Read all the same, a body would lose what only its own version calls so.
 * @param spoken  where it came
 * @param baseUrl  where the app speaks as it is written, without a slash at the end; absent: nowhere
 */
export function misplaced(
  { version }: Protocol,
  spoken: Protocol,
  app: string,
  baseUrl: string | undefined,
): ScimError {
  const fix = baseUrl === undefined ? `the versions of [apps.${app}] have no other` : `enter the base URL ${baseUrl}/`;
  if (version === '1.1')
    return new ScimError('invalidSyntax', `the request is SCIM 1.1, and ${spoken.name} is spoken here; ${fix}`, {
      fault: 'scim1-body',
    });
  return new ScimError('invalidSyntax', `the request is SCIM 2.0, and ${spoken.name} is spoken here; ${fix}`, {
    fault: 'scim2-body',
  });
}
