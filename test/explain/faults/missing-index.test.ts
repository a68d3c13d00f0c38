import { gradeAll } from '../../doctor/faults/graded.ts';
import { directoryLab } from '../../support/directories/directory-lab.ts';
import { peopleLdif } from '../../support/directories/people.ts';
import { DirectoryStage } from './directory-stage.ts';
import { type PlantedFault, plantAll } from './planted-fault.ts';

/** So many that no machine looks at all of them as fast as into an index. */
const PEOPLE = 150_000;

const FAULT: PlantedFault<DirectoryStage> = {
  name: 'a missing index',
  code: 'directory-index-missing',
  shown: 'on the terminal',
  text: /index: looking somebody up by uid takes \d+ ms, which is a scan; add an index/,
  fix: /olcDbIndex: uid eq/,
  plant: async (stage) => {
    const { stdout } = await stage.run(['check', ...stage.args]);
    return /index: looking somebody up by uid [^\n]*/.exec(stdout)?.[0] ?? stdout;
  },
};

describe('a large directory', () => {
  const server = directoryLab('openldap');
  before(async () => {
    const { admin } = server.lab.flavour;
    const indexed = 'uid,mail,cn,sn,givenName,displayName,employeeNumber pres,eq,sub';
    const others = indexed.replace('uid,', '');
    await server.lab.apply(
      `dn: olcDatabase={1}mdb,cn=config\nchangetype: modify\ndelete: olcDbIndex\nolcDbIndex: ${indexed}\n-\nadd: olcDbIndex\nolcDbIndex: ${others}\n`,
      { dn: 'cn=config', password: admin.password },
    );
    await server.lab.load(peopleLdif(server.lab.flavour, PEOPLE));
  });
  plantAll('without an index', [FAULT], () => new DirectoryStage(server.lab));
  gradeAll('without an index, and doctor', [FAULT], () => new DirectoryStage(server.lab));
});
