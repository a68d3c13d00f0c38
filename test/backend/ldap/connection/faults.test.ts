import { expect } from 'chai';
import { EqualityFilter } from 'ldapts';
import { LdapFailure } from '../../../../connector/backend/ldap/directory/ldap-failure.ts';
import type { Directory, Entry } from '../../../../connector/backend/ldap/directory/session.ts';
import { DirectoryLab, directoryLab } from '../../../support/directories/directory-lab.ts';
import { peopleLdif } from '../../../support/directories/people.ts';
import { patient, serviceOptions, withDirectory } from '../../../support/directories/service-directory.ts';
import { scaled } from '../../../support/pace.ts';
import { failureOf } from './mock.ts';

const PEOPLE = 2000;

describe('faults of a real directory server', () => {
  const suite = directoryLab('openldap');

  before(() => suite.lab.load(peopleLdif(suite.lab.flavour, PEOPLE)));
  afterEach(async () => {
    if (suite.lab.isRunning) suite.lab.thaw();
    await suite.lab.start();
  });

  const dn = (number: number): string => `uid=user${String(number).padStart(6, '0')},${suite.lab.flavour.people}`;
  const everyone = () => ({
    base: suite.lab.flavour.people,
    scope: 'one' as const,
    filter: new EqualityFilter({ attribute: 'objectClass', value: 'inetOrgPerson' }),
    attributes: ['uid'],
  });
  const read = (directory: Directory, number: number): Promise<readonly Entry[]> =>
    directory.read(patient(), (session) => session.search({ ...everyone(), base: dn(number), scope: 'base' }));

  it('reads in flight survive kill -9 where another server has the same people', async () => {
    const replica = await DirectoryLab.start('openldap');
    try {
      await replica.load(peopleLdif(replica.flavour, 100));
      const options = serviceOptions(suite.lab, {
        urls: [suite.lab.url, replica.url],
        trust: { kind: 'authority', ca: `${suite.lab.authority}${replica.authority}` },
      });
      await withDirectory(options, async (directory) => {
        await read(directory, 1);
        await suite.lab.freeze();
        const reads = Promise.all(Array.from({ length: 100 }, (_, number) => read(directory, number)));
        await suite.lab.kill();
        expect((await reads).every((entries) => entries.length === 1)).to.equal(true);
      });
    } finally {
      await replica.remove();
    }
  });

  it('a dump in which the server dies fails, however much had come', () =>
    withDirectory(serviceOptions(suite.lab, { backOff: { first: 50, longest: 100 } }), async (directory) => {
      let seen = 0;
      const failure = await failureOf(
        directory.cursor(patient(), async (session) => {
          for await (const page of session.pages(everyone(), 100)) {
            if (seen === 0) await suite.lab.kill();
            seen += page.length;
          }
        }),
      );
      expect(failure.code).to.equal(undefined);
      expect(seen).to.be.within(100, PEOPLE - 1);
      await suite.lab.start();
      expect(await directory.cursor(patient(), (session) => session.search(everyone()))).to.have.length(PEOPLE);
    }));

  it('after kill -9 in the middle of writes each one was confirmed and done, or says that it does not know', () =>
    withDirectory(serviceOptions(suite.lab), async (directory) => {
      const title = `before ${Date.now()}`;
      const writes = Array.from({ length: 200 }, (_, number) =>
        directory
          .write(patient(), (session) =>
            session.modify(dn(number), [{ operation: 'replace', attribute: 'title', values: [title] }]),
          )
          .then(
            () => 'done' as const,
            (error: unknown) => error,
          ),
      );
      await Promise.any(writes);
      await suite.lab.kill();
      await suite.lab.start();
      const outcomes = await Promise.all(writes);
      const changed = await suite.lab.find(suite.lab.flavour.people, `(title=${title})`, 'uid');
      let unknown = 0;
      outcomes.forEach((outcome, number) => {
        const isThere = changed.includes(`dn: ${dn(number)}\n`);
        if (outcome === 'done') expect(isThere).to.equal(true);
        else if (outcome instanceof LdapFailure && outcome.outcomeUnknown) unknown += 1;
        else expect(isThere, 'a write that failed for certain').to.equal(false);
      });
      // At most what was in flight: two on each of two connections.
      expect(unknown).to.be.at.most(4);
    }));

  it('a stopped process ends a call with a failure that says so, and is used again when it goes on', () =>
    withDirectory(
      serviceOptions(suite.lab, {
        timeouts: { read: scaled(250), connect: scaled(250), page: scaled(250) },
        backOff: { first: 20, longest: 40 },
      }),
      async (directory) => {
        await read(directory, 1);
        await suite.lab.freeze();
        expect((await failureOf(read(directory, 2))).message).to.match(/no connection within|no answer within/);
        const dump = directory.cursor(patient(), (session) => session.search(everyone()));
        await failureOf(dump);
        suite.lab.thaw();
        expect(await read(directory, 2)).to.have.length(1);
      },
    ));

  it('a replica takes over from a stopped server', async () => {
    const replica = await DirectoryLab.start('openldap');
    try {
      await replica.load(peopleLdif(replica.flavour, 10));
      const options = serviceOptions(suite.lab, {
        urls: [suite.lab.url, replica.url],
        trust: { kind: 'authority', ca: `${suite.lab.authority}${replica.authority}` },
        timeouts: { read: scaled(250), connect: scaled(250) },
      });
      await withDirectory(options, async (directory) => {
        await read(directory, 1);
        await suite.lab.freeze();
        expect(await read(directory, 1)).to.have.length(1);
      });
    } finally {
      await replica.remove();
    }
  });

  it('a consumer that answers writes with a referral is left for the writable server', async () => {
    const consumer = await DirectoryLab.start('openldap', { updateReferral: suite.lab.clearUrl });
    try {
      await consumer.load(peopleLdif(consumer.flavour, 10));
      const options = serviceOptions(consumer, {
        urls: [consumer.url, suite.lab.url],
        trust: { kind: 'authority', ca: `${suite.lab.authority}${consumer.authority}` },
      });
      await withDirectory(options, async (directory) => {
        expect(await read(directory, 1)).to.have.length(1);
        await directory.write(patient(), (session) =>
          session.modify(dn(3), [{ operation: 'replace', attribute: 'title', values: ['referred'] }]),
        );
        expect(await suite.lab.find(dn(3), '(title=referred)', 'title')).to.include('title: referred');
      });
    } finally {
      await consumer.remove();
    }
  });
});
