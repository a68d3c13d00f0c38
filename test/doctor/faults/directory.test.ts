import { LIMITED, REFUSED } from '../../explain/faults/directory-faults.ts';
import { DirectoryStage } from '../../explain/faults/directory-stage.ts';
import { directoryLab } from '../../support/directories/directory-lab.ts';
import { peopleLdif } from '../../support/directories/people.ts';
import { gradeAll } from './graded.ts';

describe('what doctor says of a directory', () => {
  const server = directoryLab('openldap');
  before(() => server.lab.load(peopleLdif(server.lab.flavour, 600)));
  const newStage = (): DirectoryStage => new DirectoryStage(server.lab);
  gradeAll('that refuses something', REFUSED, newStage);
  gradeAll('that cannot be reached', LIMITED, newStage);
});
