import { type Finding, ok } from '../../backend/module/finding.ts';
import type { Config } from '../../config/config.ts';

/** Longest that a statement about state may run. Unit: ms. */
const DEADLINE = 5000;

/** The database that connectors share, where state is in one. Writes nothing. */
export async function checkSharedState({ state: { backend, postgres } }: Config): Promise<readonly Finding[]> {
  if (backend === 'files') return [];
  const { schema } = postgres;
  // With it comes the client of PostgreSQL.
  const { examineDatabase } = await import('../../postgres/examination/examine-database.ts');
  const { findings, isMissing } = await examineDatabase(postgres, { schema, deadline: DEADLINE });
  return [...findings, ...(isMissing ? [ok(`schema ${schema}, made at the first start`)] : [])];
}
