/** What `map suggest` prints: lines for the mapping, from the schema and from what entries hold. */

import { tomlKey, tomlValue } from '../../config/vocabulary/toml-value.ts';
import { typesOf } from '../module/app-settings.ts';
import type { Suggestion } from '../module/mapping.ts';
import { openDirectory } from './connection/directory.ts';
import { type Survey, surveyed } from './examination/survey.ts';
import type { Unmapped } from './examination/unmapped-attribute.ts';
import { readTree } from './layout/read-tree.ts';
import type { LdapApp } from './settings/options.ts';
import { backendOptions, directoryOptions } from './settings/settings.ts';

/** Unit: ms. */
const DEADLINE = 60_000;

async function surveysOf(app: LdapApp): Promise<readonly Survey[]> {
  const directory = await openDirectory(directoryOptions(app.ldap));
  const signal = AbortSignal.timeout(DEADLINE);
  try {
    const { tree } = await readTree(directory, signal, backendOptions(app), typesOf(app));
    return await surveyed(directory, signal, tree);
  } finally {
    await directory.close();
  }
}

const customName = (path: string): string => path.slice('custom.'.length);
const isCustom = ({ path }: Unmapped): boolean => path.startsWith('custom.');

const mapLine = ({ path, ldap, share, many, type }: Unmapped): string => {
  const value = many || type === 'list' ? { ldap, many: true } : ldap;
  return `${tomlKey([path])} = ${tomlValue(value)} # ${share} % of the entries`;
};

function tableText(app: string, { table, base, entries, sample, mapped, unmapped }: Survey): string {
  const unused = mapped.filter(({ share, path }) => share === 0 && !path.startsWith('ldap:'));
  const custom = unmapped.filter(isCustom);
  return [
    `# ${table}: ${sample ? 'a sample of ' : ''}${entries} entries below ${base}; ${mapped.length} lines are mapped, ${unmapped.length} more attributes are in use`,
    ...(unused.length === 0 ? [] : [`# mapped, and in none of them: ${unused.map(({ ldap }) => ldap).join(', ')}`]),
    ...(unmapped.length === 0 ? [] : [`[${tomlKey(['apps', app, table, 'map'])}]`, ...unmapped.map(mapLine)]),
    ...(custom.length === 0
      ? []
      : [
          `[${tomlKey(['apps', app, table, 'custom'])}]`,
          ...custom.map(({ path, type }) => `${tomlKey([customName(path)])} = ${tomlValue({ type })}`),
        ]),
  ].join('\n');
}

/** TOML to paste; what is known to be mapped already is left out. */
export async function suggest(app: LdapApp): Promise<Suggestion> {
  const surveys = await surveysOf(app);
  return { surveys, text: surveys.map((survey) => tableText(app.name, survey)).join('\n\n') };
}
