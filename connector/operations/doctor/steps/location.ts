import { isObject } from '../../../simulator/judgement.ts';
import { saidBy } from '../diagnosis/refusal.ts';
import { failed, ok, type Step, skipped, warning } from '../step.ts';

/** Taken literally, host and port included, as the agent would reach it. */
export const location: Step = {
  name: 'location',
  title: 'Location followed',
  run: async ({ wire, baseUrl, oktaUrl, learnt, isStarted }) => {
    const [one] = [...(learnt.users ?? []), ...(learnt.groups ?? [])];
    if (one === undefined) return skipped('there is nobody yet');
    const { meta } = one;
    const told = isObject(meta) ? meta['location'] : undefined;
    if (typeof told !== 'string' || !URL.canParse(told)) return skipped('the server gives no meta.location');
    const { origin } = new URL(told);
    if (isStarted && origin !== new URL(baseUrl).origin) return skipped('the service does not run');
    if (origin !== new URL(baseUrl).origin)
      // The credential goes nowhere else than where it was given for.
      return warning(
        `meta.location leads to ${origin}, and the base URL to ${new URL(oktaUrl).origin}`,
        'Set the external address of the server (ours: server.base_url) to what is entered in Okta',
      );
    const reply = await wire.ask('importUserProfile', told);
    if (reply.status === 200 && isObject(reply.body) && reply.body['id'] === one.id)
      return ok('leads to the same resource');
    return failed({
      text: `meta.location ${new URL(told).pathname} is answered ${reply.status}: ${saidBy(reply)}`,
      cause: 'the server does not know under which address it is called: a proxy before it has another path',
      fix: 'Set the external address of the server (ours: server.base_url) to what is entered in Okta',
      okta: 'nothing: the agent goes by the id. Other clients follow it and fail',
    });
  },
};
