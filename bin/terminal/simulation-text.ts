import type { Simulation } from '../../connector/operations/simulate/simulate.ts';
import { wrap } from './line-width.ts';
import { intendedText } from './record/record-text.ts';

const NOTHING = { LDIF: '# nothing would be written', SQL: '-- nothing would be written' } as const;

/** One request and what it would do. @param width  unit: columns */
export function simulationText(simulation: Simulation, width: number): string {
  const { method, path, version, records, status, refusal, operations, language } = simulation;
  const told = records.filter(({ operation }) => operation !== 'bulk');
  const answer = refusal === undefined ? `Okta would get ${status}.` : `Okta would get ${status}: ${refusal.text}`;
  const code = refusal?.code === undefined ? [] : [`More: scim-connector explain ${refusal.code}`];
  const isAllRefused = refusal !== undefined && operations === '';
  return [
    `${method} ${path}${version === '1.1' ? '' : ` (SCIM ${version})`}`,
    ...told.map((record) => intendedText(record, width)),
    wrap(answer, width),
    ...code,
    ...(isAllRefused ? [] : ['', operations === '' ? NOTHING[language] : operations]),
  ].join('\n');
}
