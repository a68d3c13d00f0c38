import type { EntitlementFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const CONFIGURATION = "the connector's configuration";
const ADMIN = "Okta's administrator";

export const ENTITLEMENT_FAULTS: Faults<EntitlementFault> = {
  'entitlement-unknown': {
    title: 'Something was assigned that is not known here',
    meaning:
      'Okta gave a person an entitlement or a role by an id that the connector has no entry for: it was removed here, or has another id since Okta read the list.',
    whose: CONFIGURATION,
    fix: [
      'See what there is, and put back what is missing under the id that the text names (docs/entitlements.md):',
      { run: ['scim-connector entitlement list --type TYPE'] },
      'Or take it away from the person in Okta.',
    ],
    retry: 'after the fix',
    example: 'entitlements: there is no License "e3"; create it, or take it away in Okta',
    patterns: [
      /: there is no .* "[^"]*"; (create it, or take it away|there (is|are) )/,
      /is of more than one type; send its type/,
      /an element without value; send the id/,
      /--type is needed; there are|--type: there is no type/,
      /has no entitlements; declare a type under/,
      /has its list in the configuration; change|^the entitlements of type .* are in /,
    ],
  },
  'entitlement-second': {
    title: 'Somebody would have two of what people have one of',
    meaning: 'The type is declared as single, and Okta sent more than one of it for a person.',
    whose: ADMIN,
    fix: [
      'Leave the person one of them in Okta. Or let people have several: take single = true away under [apps.NAME.entitlements.TYPE].',
    ],
    retry: 'after the fix',
    example: 'entitlements: nobody has more than one Seat; 2 were sent',
    patterns: [/nobody has more than one .*; \S+ were sent/],
  },
  'entitlement-in-use': {
    title: 'An entitlement cannot be removed while people have it',
    meaning: 'Removing it would leave people with something that nobody knows, and that Okta still offers.',
    whose: ADMIN,
    fix: ['Take it away from everybody in Okta, then remove it here.'],
    retry: 'after the fix',
    example: 'License "e3": 3 people have it; take it away in Okta first',
    patterns: [/(person has|people have) it; take it away in Okta first/],
  },
};
