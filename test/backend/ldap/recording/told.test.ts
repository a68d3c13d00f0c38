import { expect } from 'chai';
import { openDirectory } from '../../../../connector/backend/ldap/connection/directory.ts';
import { RESULT } from '../../../../connector/backend/ldap/directory/result-code.ts';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { KeptTrail, trailed } from '../../../support/directories/kept-trail.ts';
import { openBackend } from '../../../support/directories/ldap-backend.ts';
import { join, set, verbs } from '../../../support/directories/scim.ts';
import { serviceOptions } from '../../../support/directories/service-directory.ts';
import { rejection } from '../../../support/rejection.ts';

const MANY = 600;

describe('what a directory tells of its writes', () => {
  const server = directoryLab('openldap');
  let backend: LdapBackend;
  let scim: ReturnType<typeof verbs>;
  before(async () => {
    backend = await openBackend(server.lab);
    scim = verbs(backend);
  });
  after(() => backend?.close());
  beforeEach(() => server.lab.clear());

  it("a refusal with the server's own words, and what was refused", async () => {
    const { id } = await scim.user({ userName: 'ann', active: true });
    const trail = new KeptTrail();
    const told = verbs(trailed(backend, trail));
    // mail is IA5 (RFC 4524 §2.16).
    await refusal(told.change(id, [set('emails', [{ value: 'nicht-ascii-ü@example.com' }])]), 'invalidValue');
    const [refused] = trail.told;
    expect(refused?.outcome).to.equal('refused');
    expect(refused?.words).to.match(
      new RegExp(`\\(${RESULT.invalidAttributeSyntax}\\): mail: value #0 invalid per syntax`),
    );
    expect(refused?.write.text).to.include('# mail: nicht-ascii-ü@example.com');
  });

  it('few values of a large group, in text and proof, however many there are', async () => {
    const ids = await Promise.all(
      Array.from({ length: MANY }, async (_, i) => (await scim.user({ userName: `member${i}`, active: true })).id),
    );
    const group = await scim.group('g', ids[0] ?? '');
    const trail = new KeptTrail();
    await verbs(trailed(backend, trail)).change(group.id, [join(...ids.slice(1))], 'Group');
    expect(trail.told.length, 'writes of at most 250 values').to.equal(Math.ceil((MANY - 1) / 250));
    for (const { write, outcome } of trail.told) {
      expect(outcome).to.equal('done');
      expect(write.text.split('\n').filter((line) => line.startsWith('member: '))).to.have.length(20);
      expect(write.text).to.match(/# and \d+ more of \d+ values of member/);
      expect(JSON.stringify(write.proof).length).to.be.below(1_000);
    }
  });

  it('nothing of a person but the name of the entry in a proof', async () => {
    const trail = new KeptTrail();
    const person = {
      userName: 'ann',
      active: true,
      title: 'Chief Whisperer',
      emails: [{ value: 'secret@example.com' }],
    };
    await verbs(trailed(backend, trail)).user(person);
    const proof = JSON.stringify(trail.told[0]?.write.proof);
    expect(proof).to.include('uid=ann,').and.to.include('"mail"');
    expect(proof).not.to.match(/Whisperer|secret@/);
  });

  it('nothing is sent when the first intent cannot be kept; what is begun is brought to its end', async () => {
    const trail = new KeptTrail();
    trail.lost.add(1);
    const told = verbs(trailed(backend, trail));
    expect((await rejection(told.user({ userName: 'ann', active: true }))).message).to.include('cannot be kept');
    expect(await scim.find('userName eq "ann"')).to.deep.equal([]);
    const later = new KeptTrail();
    later.lost.add(2);
    const person = { userName: 'ann', active: true, password: 'Correct-Horse-7' };
    await verbs(trailed(backend, later)).user(person);
    expect(later.statements).to.deep.equal([later.told[1]?.write.text]);
    const directory = await openDirectory(serviceOptions(server.lab));
    const dn = `uid=ann,${server.lab.flavour.people}`;
    expect(await directory.checkPassword(AbortSignal.timeout(10_000), dn, person.password)).to.equal(true);
    await directory.close();
  });
});
