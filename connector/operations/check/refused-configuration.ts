import { ConfigError } from '../../config/load/problem.ts';
import { failureOf } from '../failure.ts';
import type { Check } from './check.ts';

/** The report where nothing else can be looked at: what keeps the configuration from being read. @throws a bug */
export function refusedConfiguration(error: unknown): readonly Check[] {
  const { message, kind, isBug } = failureOf(error);
  if (isBug) throw error;
  const texts = error instanceof ConfigError ? error.problems : [message];
  return texts.map((text) => ({ check: 'configuration', status: 'failed', text, failure: kind }));
}
