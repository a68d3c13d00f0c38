import { readFileSync } from 'node:fs';

/** What is read of a dashboard of Grafana. */
export interface Dashboard {
  readonly schemaVersion: number;
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly Panel[];
}

export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly definition?: string;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly {
    readonly refId: string;
    readonly expr: string;
    readonly datasource: { readonly uid: string };
  }[];
}

export const dashboardIn = (file: string): Dashboard => JSON.parse(readFileSync(file, 'utf8'));

/** Every query, with all chosen and the shortest time, and what its variables are filled from. */
export function expressionsOf(file: string): readonly string[] {
  const { panels, templating } = dashboardIn(file);
  const shown = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  const filling = templating.list.flatMap(
    ({ definition = '' }) => /^label_values\((.*), \w+\)$/.exec(definition)?.[1] ?? [],
  );
  const filled = (text: string): string =>
    text.replaceAll('$__rate_interval', '15s').replaceAll(/\$(job|instance|app)\b/g, '.*');
  return [...shown, ...filling].map(filled);
}

/** Metrics that an expression names: words that are followed by neither a parenthesis nor a comparison of a label. */
export const namesIn = (expression: string): readonly string[] => [
  ...new Set(expression.match(/\b(?:scim_connector|process|nodejs)_\w+|\bup\b/g) ?? []),
];
