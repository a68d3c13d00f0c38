import { addressOf } from '../address.ts';
import type { PostgresSettings } from '../settings.ts';
import { type Looked, lookAt } from './look-at.ts';
import type { ServerFacts } from './server-facts.ts';
import { type Expectation, type ServerFinding, serverFindings, versionText } from './server-findings.ts';

export interface Examination {
  readonly findings: readonly ServerFinding[];
  /** Whether there is a server that can be read and written, and nothing that keeps us from it. */
  readonly isUsable: boolean;
  /** The schema is not there yet. */
  readonly isMissing: boolean;
}

const wayOf = ({ tls, isPooled }: ServerFacts): string =>
  [tls ?? 'no TLS', ...(isPooled ? ['through a pooler'] : [])].join(', ');

function others(looked: readonly Looked[], primary: Looked | undefined): readonly ServerFinding[] {
  return looked.flatMap((one): readonly ServerFinding[] => {
    if (one === primary) return [];
    if ('failure' in one)
      return [
        {
          status: primary ? 'warning' : 'failed',
          text: primary ? `${one.failure.message}; until then it cannot take over` : one.failure.message,
        },
      ];
    if (primary && 'facts' in primary && one.facts.started === primary.facts.started)
      return [{ status: 'ok', text: `${one.at} leads to the same server, ${wayOf(one.facts)}` }];
    return [
      one.facts.isStandby
        ? {
            status: primary ? 'ok' : 'failed',
            text: `${one.at} is a standby, ${wayOf(one.facts)}${primary ? '' : ': no server of url is the primary'}`,
          }
        : { status: 'failed', text: `${one.at} is a primary too: two servers take changes; end one of them` },
    ];
  });
}

/** All that can be found out about a database without writing. @param words  what else to say of it, once it can be read */
export async function examineDatabase(
  settings: PostgresSettings,
  { schema, deadline }: Pick<Expectation, 'schema' | 'deadline'>,
): Promise<Examination> {
  const address = addressOf(settings.url ?? '');
  if ('complaint' in address) throw new Error(`url ${address.complaint}`);
  const { user, database, hosts } = address;
  const looked = await lookAt(settings, schema);
  const primary = looked.find((one) => 'facts' in one && !one.facts.isStandby);
  if (!primary || !('facts' in primary))
    return { findings: others(looked, undefined), isUsable: false, isMissing: false };
  const { facts } = primary;
  const expectation = { user, database, schema, deadline, hasStandbys: hosts.length > 1, poolSize: settings.pool_size };
  const findings = [...serverFindings(facts, expectation)];
  return {
    findings: [
      {
        status: 'ok',
        text: `PostgreSQL ${versionText(facts.version)} at ${primary.at}, database ${database} as ${user}, primary, ${wayOf(facts)}`,
      },
      ...findings,
      ...others(looked, primary),
    ],
    isUsable: findings.every(({ status }) => status !== 'failed'),
    isMissing: facts.schemaOwner === undefined,
  };
}
