import { moduleNamed } from '../../backend/catalogue.ts';
import { typesOf } from '../../backend/module/app-settings.ts';
import type { FilterExplanation, FilterQuestion } from '../../backend/module/filter-explanation.ts';
import type { App, Config } from '../../config/config.ts';
import { spokenAt } from '../../protocol/protocols.ts';
import { policyOf } from '../../run/app-rules.ts';
import { ScimError } from '../../scim/error.ts';
import type { Filter } from '../../scim/filter/ast.ts';
import type { BoundPath, ResourceType, TypeName } from '../../scim/schema/resource-type.ts';
import { inStoreWords } from '../../service/store-words.ts';
import { OperationError } from '../operation-error.ts';

/** Rows or entries: more would be an import. */
const MOST_READ = 200_000;
/** Unit: ms. */
const DEADLINE = 60_000;

export interface ExplainedFilter extends FilterExplanation {
  readonly app: string;
  readonly type: TypeName;
  /** As it was given. */
  readonly filter: string;
  /** Of SCIM, by whose rules it is read: `1.1`. */
  readonly version: string;
}

interface Decoded {
  readonly version: string;
  readonly type: ResourceType;
  readonly filter: Filter<BoundPath>;
}

/**
 * As a request would be read, and refused, by the first version of SCIM that the app speaks and that can say it.
 * @throws OperationError usage, in the words of the refusal
 */
function decoded(config: Config, app: App, typeName: TypeName, text: string): Decoded {
  const rules = { filter: app.features.filter, sort: false, incrementalOverlap: app.incremental_overlap };
  let refusal: ScimError | undefined;
  for (const { protocol, path } of spokenAt(app)) {
    const type = protocol.view(typesOf(app))[typeName];
    const baseUrl = `${config.server.base_url ?? ''}${path}`;
    try {
      const { query } = protocol.decodeList(type, new Map([['filter', text]]), baseUrl, rules);
      // Nothing is left of a filter that is true for everybody.
      return { version: protocol.version, type, filter: query.filter ?? { kind: 'and', filters: [] } };
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      refusal = error;
    }
  }
  throw new OperationError('usage', refusal?.message ?? 'the app speaks no version of SCIM', { cause: refusal });
}

/** What the store of an app does for a filter as Okta would send it. @throws OperationError, unavailable */
export async function explainFilter(
  config: Config,
  app: App,
  typeName: TypeName,
  text: string,
): Promise<ExplainedFilter> {
  const { version, type, filter } = decoded(config, app, typeName, text);
  const { explainFilter: explain, place } = moduleNamed(app.backend);
  if (!explain)
    throw new OperationError('usage', `the app ${app.name} keeps people in ${place}, which cannot explain a filter`);
  const signal = AbortSignal.timeout(DEADLINE);
  const { storeWords } = policyOf(app, typesOf(app), version);
  const question: FilterQuestion = {
    type,
    filter,
    ...(storeWords ? { inStoreWords } : {}),
    signal,
    most: MOST_READ,
  };
  return {
    app: app.name,
    type: typeName,
    filter: text,
    version,
    ...(await explain(app, question)),
  };
}
