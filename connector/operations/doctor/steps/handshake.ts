import { tlsFailure } from '../diagnosis/tls-failure.ts';
import type { Patient } from '../patient.ts';
import { isUntrusted, type Peer, peerOf } from '../peer.ts';
import { failed, ok, type Step, skipped, type Verdict, warning } from '../step.ts';

const MESSAGE = 'getImplementedUserManagementCapabilities';
/** Time enough to have another certificate made. Unit: ms. */
const SOON = 14 * 86_400_000;
/** Unit: ms. */
const LIMIT = 10_000;
const QUICK = 2000;

const day = (date: Date): string => date.toISOString().slice(0, 10);

function plain({ own, oktaUrl }: Patient): Verdict {
  const { hostname } = new URL(oktaUrl);
  return warning(
    `none: plain http to ${hostname}, which an agent refuses ("http protocol is not supported")`,
    own === undefined
      ? 'Serve https, or set allowHttp = true in the agent.config of each agent'
      : 'Switch server.http off, or set allowHttp = true in the agent.config of each agent',
  );
}

/** At that port of another server TLS is spoken, and the base URL says http. */
async function speaksTls({ own, baseUrl }: Patient): Promise<Verdict | undefined> {
  if (own !== undefined) return undefined;
  const url = baseUrl.replace(/^http:/, 'https:');
  const peer = await peerOf(MESSAGE, url, { trust: {}, limit: QUICK }).catch(() => undefined);
  if (peer === undefined) return undefined;
  return failed({
    text: 'the base URL says http:, and TLS is spoken at that port',
    cause: 'https: belongs into the base URL',
    fix: 'Enter it with https:, in Okta as here',
    command: `curl -vk ${url}/ServiceProviderConfigs`,
    okta: 'http protocol is not supported',
    isFatal: true,
  });
}

/** A customer's own certificate: whether agents know its authority cannot be seen from here. */
const isCustomers = ({ own }: Patient): boolean => own !== undefined && own.config.tls.source !== 'auto';

function verdictOn(patient: Patient, { protocol, error, chain, isMisnamed }: Peer): Verdict {
  const { own, oktaUrl, trust } = patient;
  const [leaf] = chain;
  const ends = leaf?.validToDate;
  const version = protocol.replace('TLSv', 'TLS ');
  const text = `${version}, ${new URL(oktaUrl).hostname} is in the certificate${ends ? `, valid until ${day(ends)}` : ''}`;
  if (own === undefined && trust.rejectUnauthorized === false)
    return warning(
      `${version}; the certificate was not judged (--insecure)${error ? `: ${error}` : ''}`,
      'Name its authority with --ca FILE: an agent takes no certificate unseen',
    );
  const isForAgents = error !== undefined && isCustomers(patient) && isUntrusted(error);
  if (isForAgents && isMisnamed)
    return tlsFailure({ code: 'ERR_TLS_CERT_ALTNAME_INVALID', url: oktaUrl, told: MESSAGE, isOurs: true });
  if (isForAgents)
    return warning(
      `${text}; this host does not know its authority, and agents must`,
      'Import it on each agent, unless its Java knows it; this shows whether it does',
      'scim-connector trust check',
    );
  if (error !== undefined) return tlsFailure({ code: error, url: oktaUrl, told: MESSAGE, isOurs: own !== undefined });
  if (ends !== undefined && ends.getTime() - Date.now() < SOON)
    return warning(`${text}: that is soon`, 'Renew it in time', own ? 'scim-connector cert renew' : undefined);
  return ok(text);
}

/** TLS with the eyes of the agent's Java (docs/okta-agent.md, Trust). */
export const handshake: Step = {
  name: 'tlsHandshake',
  title: 'TLS handshake',
  run: async (patient) => {
    const { baseUrl, oktaUrl, trust } = patient;
    if (!baseUrl.startsWith('https:')) return (await speaksTls(patient)) ?? plain(patient);
    if (!oktaUrl.startsWith('https:')) return skipped('the base URL says http, for a proxy before it');
    const called = new URL(oktaUrl).hostname;
    // What a customer's certificate comes with vouches for itself; whether anybody else does is the question.
    const asked = isCustomers(patient) ? {} : trust;
    return verdictOn(patient, await peerOf(MESSAGE, baseUrl, { trust: asked, called, limit: LIMIT }));
  },
};
