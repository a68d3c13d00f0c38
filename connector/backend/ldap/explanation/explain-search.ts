import type { Filter } from 'ldapts';
import type { Page } from '../../../scim/query.ts';
import type { FilterExplanation, FilterQuestion } from '../../module/filter-explanation.ts';
import { type Finding, failed, ok, warning } from '../../module/finding.ts';
import { allOf, type Test } from '../directory/filter.ts';
import { termsOf } from '../directory/filter-terms.ts';
import { failureIn } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Directory } from '../directory/session.ts';
import { contextOf } from '../examination/naming-context.ts';
import { REMEDIES } from '../examination/remedies.ts';
import { serverIndexes } from '../examination/server-indexes.ts';
import { readTree } from '../layout/read-tree.ts';
import { branchOf, type Tree } from '../layout/tree.ts';
import { asKept } from '../mapping/as-kept.ts';
import { createReader } from '../reading/create-reader.ts';
import { fromWholeStep } from '../reading/filter-paths.ts';
import { listResources, translate } from '../reading/list-resources.ts';
import { isLeft } from '../reading/translation.ts';
import type { LdapBackendOptions } from '../settings/options.ts';
import { explainedSteps } from './explained-steps.ts';
import { type IndexVerdict, indexVerdict } from './index-verdict.ts';
import { Enough, SearchLog } from './search-log.ts';

/** Of a page that is read with what belongs to it. */
const PAGE = 100;

const LIMITS: Readonly<Record<number, string>> = {
  [RESULT.timeLimitExceeded]: 'its time limit',
  [RESULT.sizeLimitExceeded]: 'its size limit',
  [RESULT.adminLimitExceeded]: 'its limit of entries looked through',
};

interface Outcome {
  /** Nothing where the reading ended before. */
  readonly page?: Page;
  readonly findings: readonly Finding[];
  readonly remedies: readonly string[];
}

/** What stands in the way is part of the answer. */
function stopped(tree: Tree, context: string, account: string, error: unknown): Outcome {
  if (error instanceof Enough)
    return { findings: [warning('as many entries came as may be read; there are more')], remedies: [] };
  const limit = LIMITS[failureIn(error)?.code ?? -1];
  if (limit === undefined) throw error;
  return {
    findings: [failed(`the directory stops the service account at ${limit}, so that Okta gets an error; lift it:`)],
    remedies: [REMEDIES[tree.profile.name].limits(account, context)],
  };
}

const nothingAsked = (test: Test): Finding =>
  test === false
    ? ok('nothing is sent: no entry can be meant')
    : warning('slow: LDAP cannot ask for it, so that every entry is read and the connector judges');

export interface ExplainedDirectory {
  readonly directory: Directory;
  readonly options: LdapBackendOptions;
  /** The service account, for commands. */
  readonly account: string;
}

/** Runs the reading of a request on a directory, and tells what it has sent. @throws LdapFailure */
export async function explainSearch(
  { directory, options, account }: ExplainedDirectory,
  types: Parameters<typeof readTree>[3],
  { type, filter: given, inStoreWords, signal, most }: FilterQuestion,
): Promise<FilterExplanation> {
  const { tree } = await readTree(directory, signal, options, types);
  const branch = branchOf(tree, type.name);
  const context = contextOf(tree, branch.base);
  const asked = inStoreWords?.((attributes) => asKept(branch.table, attributes), given) ?? given;
  const filter = fromWholeStep(asked);
  const log = new SearchLog(most);
  const reader = await createReader(log.wrap(directory), signal, tree, options);
  log.searches.length = 0;
  const begun = performance.now();
  const { accepted, left } = await translate(reader, signal, branch, filter);
  const { test } = accepted;
  const before = log.searches.splice(0);
  const call = { requestId: 'explain filter', actor: 'command line', signal };
  const outcome: Outcome = await listResources(reader, call, branch, { filter: asked, offset: 0, limit: PAGE }).then(
    (page) => ({ page, findings: [], remedies: [] }),
    (error: unknown) => stopped(tree, context, account, error),
  );
  const duration = performance.now() - begun;
  const own = [branch.objects, branch.named].map((all) => String(allOf([all, test])));
  const isFinding = ({ filter: sent }: { readonly filter: Filter }): boolean => own.includes(sent.toString());
  const verdict = await verdictOf(test);
  const finding = log.searches.filter(({ search }) => isFinding(search));
  const judged = isLeft(left) ? finding.reduce((all, { entries }) => all + entries, 0) : 0;
  return {
    language: 'LDAP',
    steps: explainedSteps(before, log.searches, isFinding, verdict.indexes),
    found: outcome.page?.total ?? 0,
    unit: 'entry',
    lookedAt: log.entries,
    judged,
    complete: outcome.page !== undefined,
    duration,
    findings: [verdict.finding, ...outcome.findings],
    remedies: [...verdict.remedies, ...outcome.remedies],
  };

  async function verdictOf(wanted: Test): Promise<IndexVerdict> {
    if (typeof wanted === 'boolean') return { indexes: [], finding: nothingAsked(wanted), remedies: [] };
    const sent = allOf([branch.objects, wanted]) as Filter;
    const attributes = termsOf(sent).map(({ attribute }) => attribute);
    const indexes = await serverIndexes(directory, signal, tree, context, attributes);
    return indexVerdict(tree, context, sent, wanted, indexes);
  }
}
