import { customUrn, type Known } from '../../../simulator/payload.ts';
import { ok, type Step, skipped, warning } from '../step.ts';

const URN = /^urn:okta:([^:]+):1\.0:user(:[^:]+)?$/;
/** What `okta_app` is where nobody has set it: the name in Okta's samples. */
const SAMPLE = 'onprem_app';

const urnsIn = (users: readonly Known[]): readonly string[] => [
  ...new Set(users.flatMap((user) => Object.keys(user).filter((key) => URN.test(key)))),
];

export const customAttributes: Step = {
  name: 'customAttributes',
  title: 'Profile Editor: Add Attribute',
  run: async ({ own, learnt }) => {
    const seen = urnsIn(learnt.users ?? []);
    if (own === undefined)
      return seen.length === 0 ? skipped('none in the first page of users') : ok(`under ${seen.join(' and ')}`);
    const names = Object.keys(own.app.users.custom);
    if (names.length === 0) return ok('none are configured');
    const due = customUrn(own.app.okta_app);
    const other = seen.find((urn) => URN.exec(urn)?.[1] !== own.app.okta_app);
    if (other !== undefined)
      return warning(
        `people have them under ${other}, and okta_app says "${own.app.okta_app}"`,
        `Set okta_app = "${URN.exec(other)?.[1]}" for this app if that is its name in Okta, and enter what this prints`,
        'scim-connector okta schema',
      );
    if (own.app.okta_app === SAMPLE)
      return warning(
        `${names.length} configured, and okta_app is still "${SAMPLE}", the name in Okta's samples`,
        'Set okta_app to the name in the address of the app in Okta: /admin/app/NAME/instance/…',
        'scim-connector okta schema',
      );
    return ok(`${names.length} configured, External namespace ${due}`);
  },
};
