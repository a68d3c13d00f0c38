import { moduleNamed } from '../../backend/catalogue.ts';
import { typesOf } from '../../backend/module/app-settings.ts';
import type { FilterExplanation } from '../../backend/module/filter-explanation.ts';
import type { App, Config } from '../../config/config.ts';
import { protocolAt } from '../../protocol/protocols.ts';
import { ScimError } from '../../scim/error.ts';
import type { Filter } from '../../scim/filter/ast.ts';
import type { BoundPath, ResourceType, TypeName } from '../../scim/schema/resource-type.ts';
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
}

/** As a request would be read, and refused. @throws OperationError usage, in the words of the refusal */
function decoded(config: Config, app: App, type: ResourceType, text: string): Filter<BoundPath> | undefined {
  const rules = { filter: app.features.filter, sort: false, incrementalOverlap: app.incremental_overlap };
  const baseUrl = `${config.server.base_url ?? ''}${app.path}`;
  try {
    return protocolAt(app.path).decodeList(type, new Map([['filter', text]]), baseUrl, rules).query.filter;
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw new OperationError('usage', error.message, { cause: error });
  }
}

/** What the store of an app does for a filter as Okta would send it. @throws OperationError, unavailable */
export async function explainFilter(
  config: Config,
  app: App,
  typeName: TypeName,
  text: string,
): Promise<ExplainedFilter> {
  const type = typesOf(app)[typeName];
  const filter = decoded(config, app, type, text);
  const { explainFilter: explain, place } = moduleNamed(app.backend);
  if (!explain || !filter)
    throw new OperationError('usage', `the app ${app.name} keeps people in ${place}, which cannot explain a filter`);
  const signal = AbortSignal.timeout(DEADLINE);
  return {
    app: app.name,
    type: typeName,
    filter: text,
    ...(await explain(app, { type, filter, signal, most: MOST_READ })),
  };
}
