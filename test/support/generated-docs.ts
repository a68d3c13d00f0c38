import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliReference } from '../../bin/cli/cli-reference.ts';
import { manPage } from '../../bin/cli/man-page.ts';
import { configReference } from '../../connector/config/describe/reference.ts';
import { errorPages } from '../../connector/explain/error-pages.ts';
import { coveragePage } from './requirements/coverage.ts';
import { toldTexts } from './told-texts.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');

/** Pages that are made from the sources, by path. `node test/support/generated-docs.ts` writes them. */
export const generatedDocs = async (): Promise<ReadonlyMap<string, string>> =>
  new Map([
    [join(DOCS, 'configuration.md'), configReference()],
    [join(DOCS, 'cli.md'), await cliReference()],
    [join(DOCS, 'scim-connector.1'), await manPage()],
    [join(DOCS, 'scim-coverage.md'), coveragePage()],
    [join(DOCS, 'errors.md'), errorPages(toldTexts())],
  ]);

if (import.meta.main) for (const [path, text] of await generatedDocs()) writeFileSync(path, text);
