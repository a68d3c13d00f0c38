import { NAME, type Node, type Setting, settingsIn, tables } from '../schema/settings.ts';
import { tomlKey, tomlValue } from '../vocabulary/toml-value.ts';

const HEAD = `# Configuration of scim-connector. A setting that is commented out shows its default, or an example.
# Check it with: scim-connector check --config FILE
# Times are "25s", "12h"; sizes "1MiB". A relative path starts from this file's folder.
# A secret is never written here in clear: { env = "VARIABLE" }, { file = "/path" } or { secret = "name" }.
`;

const shown = (path: readonly string[]): readonly string[] => path.map((key) => (key === NAME ? 'default' : key));

function value({ default: standard, 'x-example': example, 'x-kind': kind }: Node, path: readonly string[]): unknown {
  if (kind === 'secret') return { secret: path.at(-1) };
  return example ?? standard;
}

function line({ path, node }: Setting): string {
  const { description = '', 'x-computed': computed } = node;
  const words = `${description}${computed === undefined ? '' : `. Default: ${computed}`}`;
  const assignment = `${tomlKey(path.slice(-1))} = ${tomlValue(value(node, path))}`;
  return `# ${words}\n${path[0] === 'config_version' ? '' : '#'}${assignment}\n`;
}

function customLines({ node }: Setting): string {
  return Object.entries((node['x-example'] ?? {}) as object)
    .map(([name, declared]) => `#${tomlKey([name])} = ${tomlValue(declared)}\n`)
    .join('');
}

/** A file with every setting, explained and commented out: as it stands it means "all defaults". */
export function exampleConfig(): string {
  const parts = [HEAD, ...settingsIn([]).map(line)];
  for (const table of tables()) {
    const { path, node } = table;
    const own = settingsIn(path);
    const named = node.additionalProperties !== undefined && node.additionalProperties !== false && path.length > 1;
    // The table of one custom attribute, or of one kind of entitlement, is shown by its example on one line.
    const isExemplified = path.filter((key) => key === NAME).length > 1;
    if ((own.length === 0 && !named) || isExemplified) continue;
    parts.push(`# ${node.description ?? ''}\n[${tomlKey(shown(path))}]\n`, ...(named ? [] : own.map(line)));
    if (named) parts.push(customLines(table));
  }
  return parts.join('\n').replaceAll(/(?<=\n\[[^\n]*\n)\n/g, '');
}
