import { type Finding, warning } from '../../module/finding.ts';
import { firstText, type RootDse } from '../directory/session.ts';
import { parseTime } from '../mapping/syntax.ts';

/** Nobody's clocks agree better. Unit: s. */
const TOLERANCE = 5;

/** Active Directory alone tells its time (MS-ADTS §3.1.1.3.2.4). */
export function clockFindings(dse: RootDse): readonly Finding[] {
  const time = parseTime(firstText(dse, 'currentTime') ?? '');
  if (time === undefined) return [];
  const off = Math.round(Math.abs(time - Date.now()) / 1000);
  if (off <= TOLERANCE) return [];
  return [warning(`clock: the directory's and this machine's differ by ${off} s; synchronize both`)];
}

/** @param newest  change in the directory. Unit: ms since 1970; 0 for none */
export function aheadFindings(newest: number): readonly Finding[] {
  const ahead = Math.round((newest - Date.now()) / 1000);
  if (ahead <= TOLERANCE) return [];
  const text = `clock: the directory's is ${ahead} s ahead of this machine's; synchronize both, or incremental imports repeat`;
  return [warning(text)];
}
