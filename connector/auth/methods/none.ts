import type { MethodKind } from '../method-kind.ts';
import { REALM } from './realm.ts';

/** Nothing is asked for. */
export const none: MethodKind<'none'> = {
  name: 'none',
  open: true,
  scheme: {
    name: 'None',
    description: 'No credential is asked for; reachable from this host alone',
    type: 'httpbasic',
    primary: false,
  },
  okta: { authorizationType: 'None', secret: (_, secret) => secret, fields: () => [] },
  login: () => ({}),
  isSet: () => false,
  check: () => [],
  create: () => ({
    header: 'Authorization',
    challenge: `Bearer ${REALM}`,
    judge: async () => ({ actor: 'anonymous' }),
  }),
};
