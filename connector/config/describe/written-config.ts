import { tomlKey, tomlValue } from '../vocabulary/toml-value.ts';
import { exampleConfig } from './example.ts';

/** A setting to write and its value as it stands in the file. */
export interface Written {
  readonly path: readonly string[];
  readonly value: unknown;
}

const HEADER = /^\[(.+)\]$/;
const ASSIGNMENT = /^#?([A-Za-z0-9_-]+) = /;

const assignment = ({ path, value }: Written): string => `${tomlKey(path.slice(-1))} = ${tomlValue(value)}`;
const tableOf = ({ path }: Written): string => tomlKey(path.slice(0, -1));

/** The commented example with these settings in force: each in its place, under its explanation. */
export function writtenConfig(settings: readonly Written[]): string {
  const left = new Map(settings.map((setting) => [tomlKey(setting.path), setting]));
  const app = settings.find(({ path }) => path[0] === 'apps' && path[1] !== undefined)?.path[1] ?? 'default';
  const take = (match: (setting: Written) => boolean): Written[] => {
    const taken = [...left.values()].filter(match);
    for (const { path } of taken) left.delete(tomlKey(path));
    return taken;
  };
  const lines: string[] = [];
  let table = '';
  // What the example does not show of a table (custom attributes) stands at the table's end.
  const closeTable = (): void => {
    const more = take((setting) => tableOf(setting) === table);
    if (more.length > 0) lines.push(...more.map(assignment), '');
  };
  for (const line of exampleConfig().trimEnd().split('\n')) {
    const header = HEADER.exec(line)?.[1];
    if (header !== undefined) {
      const explanation = lines.pop() ?? '';
      closeTable();
      table = header.replace(/^apps\.default\b/, `apps.${app}`);
      lines.push(explanation, `[${table}]`);
      continue;
    }
    const key = ASSIGNMENT.exec(line)?.[1];
    const [given] = key === undefined ? [] : take((s) => tableOf(s) === table && s.path.at(-1) === key);
    lines.push(given ? assignment(given) : line);
  }
  lines.push('');
  closeTable();
  for (const rest of new Set([...left.values()].map(tableOf)))
    lines.push(`[${rest}]`, ...take((setting) => tableOf(setting) === rest).map(assignment), '');
  return `${lines.join('\n').trimEnd()}\n`;
}
