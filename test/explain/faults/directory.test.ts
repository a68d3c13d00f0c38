import { directoryLab } from '../../support/directories/directory-lab.ts';
import { peopleLdif } from '../../support/directories/people.ts';
import { LIMITED, REFUSED } from './directory-faults.ts';
import { DirectoryStage } from './directory-stage.ts';
import { plantAll } from './planted-fault.ts';

describe('faults of a directory', () => {
  const server = directoryLab('openldap');
  before(() => server.lab.load(peopleLdif(server.lab.flavour, 600)));
  const newStage = (): DirectoryStage => new DirectoryStage(server.lab);
  plantAll('in what it refuses', REFUSED, newStage);
  plantAll('in how it is reached', LIMITED, newStage);
});
