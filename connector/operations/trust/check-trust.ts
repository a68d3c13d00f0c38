import type { X509Certificate } from 'node:crypto';
import { type Finding, failed, ok, warning } from '../../backend/module/finding.ts';
import { oneLine } from '../../tls/pem.ts';
import { type Anchor, anchorOf, isSame } from './anchor.ts';
import type { InstalledAgent } from './installed-agent.ts';
import { type OpenedStore, openStore } from './open-store.ts';
import { authorityOf, type ServedChain } from './served-chain.ts';

export interface TrustQuestion {
  /** What agents are shown; undefined over plain HTTP. */
  readonly served: ServedChain | undefined;
  readonly agent: InstalledAgent | undefined;
  /** To look at instead of the agent's. */
  readonly truststore?: string | undefined;
  readonly password?: string | undefined;
}

export interface TrustFinding extends Finding {
  readonly subject: 'agent' | 'certificate' | 'truststore';
}

export interface TrustReport {
  /** Whether an agent that reads this truststore accepts the connector, and goes on doing so. */
  readonly isTrusted: boolean;
  /** That Java reads; undefined where there is none to look at. */
  readonly store: OpenedStore | undefined;
  readonly anchor: Anchor | undefined;
  readonly served: ServedChain | undefined;
  /** The certificate to be imported; undefined where we do not have it. */
  readonly authority: X509Certificate | undefined;
  readonly findings: readonly TrustFinding[];
}

const day = (date: Date): string => date.toISOString().slice(0, 10);

/** As our authorities are called, with the host and a number of its own (connector/tls/own/). */
const OURS = /^CN=scim-connector CA (.*) [0-9a-f]{8}$/;
const hostOf = ({ subject }: X509Certificate): string | undefined => OURS.exec(oneLine(subject))?.[1];

/** Those of ours that this connector uses no more. */
function olderOnes({ entries }: OpenedStore, authority: X509Certificate | undefined): readonly TrustFinding[] {
  const host = authority && hostOf(authority);
  if (authority === undefined || host === undefined) return [];
  return entries
    .filter(({ certificate }) => hostOf(certificate) === host && !isSame(certificate, authority))
    .map(({ alias, certificate }) => ({
      subject: 'truststore',
      ...warning(
        `an older CA of this connector is in it, alias ${alias}, made ${day(certificate.validFromDate)}: no longer used, and may be deleted with "keytool -delete"`,
      ),
    }));
}

function judge(store: OpenedStore, { chain, caFile }: ServedChain, anchor: Anchor | undefined, now: number): Finding {
  const authority = authorityOf(chain);
  const called = caFile === undefined ? `the issuer of the connector's certificate` : 'the CA of this connector';
  if (anchor === undefined)
    return failed(
      `${store.file}: ${called} is not in it (${oneLine(authority?.subject ?? chain[0].issuer)}): the agent refuses the connector`,
    );
  const { alias, certificate } = anchor.entry;
  const until = day(certificate.validToDate);
  if (anchor.trusts === 'server') {
    const text = `${store.file}: only the server's own certificate is in it, alias ${alias}: the agent refuses the next one, from ${day(chain[0].validToDate)} at the latest; import the CA`;
    return caFile === undefined ? warning(text) : failed(text);
  }
  if (certificate.validToDate.getTime() <= now)
    return failed(
      `${store.file}: ${called} is in it, alias ${alias}, but expired on ${until}: make a new one, and import it`,
    );
  return ok(`${store.file}: ${called} is in it, alias ${alias}, valid until ${until}`);
}

function others({ agent, truststore }: TrustQuestion, store: OpenedStore): readonly TrustFinding[] {
  const more = truststore === undefined ? (agent?.java?.truststores.slice(1) ?? []) : [];
  return more.map((file) => ({
    subject: 'truststore',
    ...ok(`${file}: not looked at, because the agent's Java reads ${store.file}`),
  }));
}

function ofStore(store: OpenedStore): readonly TrustFinding[] {
  if (store.entries.length === 0)
    return [{ subject: 'truststore', ...warning(`${store.file}: no certificate that Java trusts is in it`) }];
  if (store.isOpen) return [];
  return [
    {
      subject: 'truststore',
      ...warning(
        `${store.file} is encrypted: Java reads it only if the agent is started with -Djavax.net.ssl.trustStorePassword`,
      ),
    },
  ];
}

/** Over plain HTTP there is nothing to trust, but the agent must be willing. */
function plainHttp(agent: InstalledAgent | undefined): TrustReport {
  const settings = agent?.settings;
  const refuses = settings?.isReadable === true && !settings.allowHttp;
  const finding = refuses
    ? failed(`server.http is on, and allowHttp is not true in ${settings.file}: the agent refuses http:// base URLs`)
    : ok('server.http is on: there is no certificate to trust');
  const none = { store: undefined, anchor: undefined, served: undefined, authority: undefined };
  return { isTrusted: !refuses, ...none, findings: [{ subject: 'certificate', ...finding }] };
}

/**
 * Looks whether the agent's truststore leads to the certificate that it is shown. Changes nothing.
 * @throws OperationError; ENOENT, EACCES and the like
 */
export function checkTrust(question: TrustQuestion, now = Date.now()): TrustReport {
  const { served, agent, truststore, password } = question;
  if (served === undefined) return plainHttp(agent);
  const authority = authorityOf(served.chain);
  const file = truststore ?? agent?.java?.truststores[0];
  if (file === undefined) {
    const text =
      agent === undefined
        ? 'no Okta agent on this machine: whether one trusts the connector can only be told on its own host'
        : `no truststore in ${agent.folder}: install the agent again, or name the file with --truststore`;
    return {
      isTrusted: false,
      store: undefined,
      anchor: undefined,
      served,
      authority,
      findings: [{ subject: 'agent', ...failed(text) }],
    };
  }
  const store = openStore(file, password);
  const anchor = anchorOf(served.chain, store.entries);
  const judged = judge(store, served, anchor, now);
  return {
    isTrusted: judged.status !== 'failed',
    store,
    anchor,
    served,
    authority,
    findings: [
      { subject: 'truststore', ...judged },
      ...ofStore(store),
      ...olderOnes(store, authority),
      ...others(question, store),
    ],
  };
}
