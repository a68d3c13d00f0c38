import { anchorOf } from '../../trust/anchor.ts';
import type { InstalledAgent, InstalledJava } from '../../trust/installed-agent.ts';
import { handshakeByJava } from '../../trust/java/handshake-by-java.ts';
import { type OpenedStore, openStore } from '../../trust/open-store.ts';
import { javaFailure, notInStore } from '../diagnosis/java-failure.ts';
import type { Patient } from '../patient.ts';
import { peerOf } from '../peer.ts';
import { failed, ok, type Step, type Verdict, warning } from '../step.ts';

const MESSAGE = 'getImplementedUserManagementCapabilities';
/** Unit: ms. */
const LIMIT = 5000;

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

const NONE = failed({
  text: 'no Okta agent on this machine',
  cause: 'it runs on another one, or is not installed in its usual place',
  fix: "Run this on the agent's host with --target, or name the folder with --agent-folder",
});

/** Over plain HTTP nothing has to be trusted, but the agent must be willing. */
function plain({ settings }: InstalledAgent): Verdict {
  if (settings?.allowHttp) return ok(`plain http, which ${settings.file} allows`);
  return failed({
    text: settings?.isReadable
      ? `allowHttp is not true in ${settings.file}`
      : 'whether it takes plain http cannot be read',
    cause: 'an agent refuses base URLs that begin with http: unless its own settings allow them',
    fix: 'Serve https, or set allowHttp = true in its agent.config and start it again',
    okta: 'http protocol is not supported',
  });
}

interface Subject {
  readonly agent: InstalledAgent;
  readonly java: InstalledJava;
  readonly store: OpenedStore;
  readonly flag: string;
}

/** As the agent's own Java sees it, where that runs here; else by what is in its truststore. */
async function judged(patient: Patient, { agent, java, store, flag }: Subject): Promise<Verdict> {
  const { baseUrl, oktaUrl, own } = patient;
  const called = bare(new URL(oktaUrl).hostname);
  const failure = { store: store.file, called, told: MESSAGE, isOurs: own !== undefined, flag };
  const { chain } = await peerOf(MESSAGE, baseUrl, { trust: patient.trust, called, limit: LIMIT });
  const [leaf, ...issuers] = chain;
  const anchor = leaf && anchorOf([leaf, ...issuers], store.entries);
  // Not by its Java: the server would tell everybody of an agent that does not trust it.
  if (anchor === undefined) return notInStore(failure);
  const { hostname, port } = new URL(baseUrl);
  const answer = await handshakeByJava({
    java: java.java,
    truststore: java.storeOption,
    host: bare(hostname),
    port: port === '' ? 443 : Number(port),
    called,
  });
  if (answer.status === 'failed') return javaFailure({ ...failure, said: answer.text });
  const { alias } = anchor.entry;
  if (answer.status === 'none')
    return warning(
      `${store.file} leads to the certificate, alias ${alias}; the agent's Java could not be asked`,
      'Run this as an account that may run it',
    );
  if (anchor.trusts === 'server')
    return warning(
      `trusted only until the certificate is renewed: ${store.file} has itself in it, alias ${alias}, and not its CA`,
      'Import the CA',
      `scim-connector trust install${flag}`,
    );
  const version = answer.protocol.replace('TLSv', 'TLS ');
  return ok(
    `agent ${agent.version ?? 'of unknown version'}: its Java ${answer.version} sets up ${version}, by alias ${alias}`,
  );
}

/**
 * The TLS part with the agent's own Java and truststore.
 * @param agent  undefined: there is none on this host
 * @param flag  names it when a command is to be copied, or is empty
 */
export const agentTrust = (agent: InstalledAgent | undefined, flag: string): Step => ({
  name: 'agentTrust',
  title: "TLS with the agent's Java",
  run: async (patient) => {
    if (agent === undefined) return NONE;
    if (!patient.baseUrl.startsWith('https:')) return plain(agent);
    const { java } = agent;
    const file = java?.truststores[0];
    if (java === undefined || file === undefined)
      return failed({
        text: `no Java with a truststore in ${agent.folder}`,
        cause: 'the installation of the agent is not complete',
        fix: 'Install the agent again',
      });
    return judged(patient, { agent, java, flag, store: openStore(file, undefined) });
  },
});

/** The same steps, with this one behind the handshake. */
export function withAgent(steps: readonly Step[], agent: InstalledAgent | undefined, flag: string): readonly Step[] {
  const at = steps.findIndex(({ name }) => name === 'tlsHandshake') + 1;
  return [...steps.slice(0, at), agentTrust(agent, flag), ...steps.slice(at)];
}
