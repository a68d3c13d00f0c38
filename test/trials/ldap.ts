import type { FlavourName } from '../support/directories/flavours.ts';
import { startDirectory } from './directory-servers.ts';
import { outages } from './outages.ts';
import { Rivals } from './rivals.ts';
import type { Trial } from './trial.ts';

/** Of each kind at least so many, however small the count. */
const FEWEST = 4;

/** @param names  the directories to try it on */
export const ldapOn = (names: readonly FlavourName[]): Trial => ({
  promise: 'no acknowledged change is lost: over two connectors to one directory, nor when the directory goes away',
  counts: 'changes each',
  count: 100,
  patience: 20,
  run: async (bench) => {
    let acknowledged = 0;
    let overtaken = 0;
    const part = Math.max(FEWEST, Math.round(bench.count / 4));
    for (const name of names) {
      const rivals = await Rivals.start(bench, await startDirectory(bench, name));
      await rivals.count(part);
      await rivals.rename(part);
      await rivals.join(part);
      await rivals.share(part);
      acknowledged += rivals.score.acknowledged;
      overtaken += rivals.score.overtaken;
    }
    const away = await outages(bench, Math.ceil(bench.count / 10));
    return { acknowledged, overtaken, ...away };
  },
});

export const ldap = ldapOn(['openldap', '389ds', 'samba']);
