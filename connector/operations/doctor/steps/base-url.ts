import { requireServed, saidBriefly } from '../diagnosis/refusal.ts';
import { ok, type Step, skipped, type Verdict, warning } from '../step.ts';
import type { Reply } from '../wire.ts';

const MESSAGE = 'getImplementedUserManagementCapabilities';
const VERSION = /\/v1(?=\/|$)/;

/** Okta's field ends in a slash, and older texts have it without. */
export const slashes: Step = {
  name: 'baseUrlSlash',
  title: 'Base URL: with and without /',
  run: async ({ wire, baseUrl, speech }) => {
    const reply = requireServed(await wire.ask(MESSAGE, `${baseUrl}/${speech.configuration}`));
    if (reply.status >= 200 && reply.status < 300) return ok('both work');
    return warning(
      `works without a slash at the end and is ${reply.status} with "//" in it`,
      'Enter the base URL in Okta as it is here, and try the other form if the test fails',
    );
  },
};

/** A wrong base URL must not look like a wrong token (docs/okta-agent.md, Problems). */
function wrongUrl({ status, headers, ...reply }: Reply, what: string): Verdict {
  const said = saidBriefly({ ...reply, headers });
  if (status === 401)
    return warning(
      `${what} is answered 401 like a wrong credential, which misleads`,
      'Answer 404 to a path that does not exist',
    );
  if (status >= 200 && status < 300) return ok(`${what} is served too`);
  return ok(`${what} is answered ${status}: ${said}`);
}

export const versionTwo: Step = {
  name: 'baseUrlV2',
  title: 'Base URL: /v2 by mistake',
  run: async ({ wire, baseUrl, speech }) => {
    if (speech.version === '2.0') return skipped('/v2 is what is examined');
    if (!VERSION.test(baseUrl)) return skipped('there is no /v1 in the base URL');
    return wrongUrl(await wire.ask(MESSAGE, `${baseUrl.replace(VERSION, '/v2')}/ServiceProviderConfig`), '/v2');
  },
};

export const versionMissing: Step = {
  name: 'baseUrlWithoutVersion',
  title: 'Base URL: /v1 forgotten',
  run: async ({ wire, baseUrl, speech }) => {
    if (speech.version === '2.0') return skipped('/v2 is what is examined');
    if (!VERSION.test(baseUrl)) return skipped('there is no /v1 in the base URL');
    return wrongUrl(
      await wire.ask(MESSAGE, `${baseUrl.replace(VERSION, '')}/ServiceProviderConfigs`),
      'the same without /v1',
    );
  },
};
