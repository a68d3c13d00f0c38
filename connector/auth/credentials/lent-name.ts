import type { Credential } from './credential.ts';

/** Of a credential that was made for the length of one command: `doctor-PID-HEX`. */
const LENT = /^doctor-(\d{1,10})-[0-9a-f]{8}$/;

/** @param random  eight digits in hex */
export const lentName = (random: string): string => `doctor-${process.pid}-${random}`;

/** Nobody's who enters credentials in Okta. */
export const isLent = ({ name }: Pick<Credential, 'name'>): boolean => LENT.test(name);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command that it was made for has ended without taking it back. */
export function isAbandoned(credential: Pick<Credential, 'name'>): boolean {
  const pid = LENT.exec(credential.name)?.[1];
  return pid !== undefined && Number(pid) !== process.pid && !isRunning(Number(pid));
}
