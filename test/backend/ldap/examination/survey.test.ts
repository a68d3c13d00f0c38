import { expect } from 'chai';
import { surveyed } from '../../../../connector/backend/ldap/examination/survey.ts';
import { readTree } from '../../../../connector/backend/ldap/layout/read-tree.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { peopleLdif } from '../../../support/directories/people.ts';
import { subjectOf } from '../../../support/directories/self-test.ts';

describe('a survey of a directory', () => {
  const server = directoryLab('openldap');

  for (const [people, entries, sample] of [
    [500, 500, false],
    [501, 500, true],
  ] as const)
    it(`of ${people} people looks at ${entries} and says whether there are more`, async () => {
      await server.lab.clear();
      await server.lab.apply(peopleLdif(server.lab.flavour, people));
      const { options, types, open, urls } = subjectOf(server.lab);
      const directory = await open(urls);
      try {
        const signal = AbortSignal.timeout(30_000);
        const { tree } = await readTree(directory, signal, options, types);
        const [users] = await surveyed(directory, signal, tree);
        expect(users).to.include({ entries, sample });
      } finally {
        await directory.close();
      }
    });
});
