import { expect } from 'chai';
import type { FilterExplanation } from '../../../../connector/backend/module/filter-explanation.ts';
import { explainFilter } from '../../../../connector/backend/sqlite/explanation/explain-filter.ts';
import type { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import { SCIM20 } from '../../../../connector/scim/filter/grammar.ts';
import type { ResourceType } from '../../../../connector/scim/schema/resource-type.ts';
import { call, compile } from '../../../conformance/company.ts';
import { ExactGroup, ExactUser } from '../../../conformance/exact-view.ts';
import { Group, User } from '../../../conformance/people.ts';
import { opened } from '../opened.ts';
import { temporaryFile } from '../temporary-file.ts';

const PEOPLE = 1_200;
const MOST = 10_000;

describe('explaining a filter of the SQLite backend', () => {
  const file = temporaryFile();
  let backend: SqliteBackend;
  let person = '';
  let group = '';
  before(async () => {
    backend = await opened(file);
    for (let start = 0; start < PEOPLE; start += 100)
      await Promise.all(
        Array.from({ length: 100 }, (_, i) =>
          backend.create(call, User, {
            userName: `user${start + i}`,
            title: i === 0 ? 'Chief' : 'Clerk',
            externalId: `E${start + i}`,
            emails: [{ value: `user${start + i}@example.com`, type: 'work' }],
          }),
        ),
      );
    const everybody = (await backend.list(call, User, { offset: 0, limit: PEOPLE })).resources;
    person = everybody[7]?.id ?? '';
    const members = everybody.map(({ id }) => ({ value: id }));
    group = (await backend.create(call, Group, { displayName: 'Staff', externalId: 'S-1', members })).id;
  });
  after(() => backend.close());

  const filled = (text: string): string => text.replaceAll('$person', person).replaceAll('$group', group);
  const explain = (text: string, type: ResourceType = User, most = MOST): Promise<FilterExplanation> =>
    explainFilter(file, {
      type,
      filter: compile(type, filled(text), SCIM20),
      signal: new AbortController().signal,
      most,
    });

  const LOOKED_AT: readonly (readonly [ResourceType, string, looked: number, found: number, words: RegExp])[] = [
    [User, 'userName eq "USER7"', 1, 1, /finds it in the index resource_user_name \(userName\)/],
    [User, 'userName sw "user119"', 11, 11, /reads a part of the index resource_user_name/],
    [User, 'userName eq "nobody"', 0, 0, /finds it in the index/],
    [User, 'emails.value eq "user7@example.com"', 1, 1, /finds it in the index of e-mail addresses/],
    [User, 'userName eq "user7" or emails eq "user8@example.com"', 2, 2, /several indexes/],
    [User, 'userName eq "user7" and title eq "Chief"', 1, 0, /finds it in the index/],
    [User, 'title eq "Chief"', PEOPLE, 12, /reads every one of the users/],
    [User, 'userName co "user7"', PEOPLE, 111, /reads every one of the users/],
    [User, 'emails.value co "user7@"', PEOPLE + 1, 1, /reads every e-mail address/],
    [Group, 'displayName eq "staff"', 1, 1, /resource_group_name \(displayName\)/],
    [ExactUser, 'externalId eq "E7"', 1, 1, /finds it in the index resource_external \(externalId\)/],
    [ExactUser, 'externalId eq "e7"', 1, 0, /finds it in the index resource_external \(externalId\)/],
    [User, 'emails[value eq "user7@example.com"]', 1, 1, /finds it in the index of e-mail addresses/],
    [User, 'emails[type eq "work" and value eq "user7@example.com"]', 1, 1, /finds it in the index of e-mail/],
    [User, 'emails[type eq "home"].value eq "user7@example.com"', 1, 0, /finds it in the index of e-mail addresses/],
    [User, 'emails ne "user7@example.com"', PEOPLE, PEOPLE - 1, /index of e-mail addresses/],
    [User, 'not (userName sw "user")', PEOPLE, 0, /reads every one of the users/],
    [ExactGroup, 'externalId eq "S-1"', 1, 1, /finds it in the index resource_external/],
    // However many members it has.
    [ExactGroup, 'members[value eq "$person"]', 1, 1, /finds the memberships in their index/],
    [ExactGroup, 'id eq "$group" and members eq "$person"', 1, 1, /finds it in the index sqlite_autoindex_resource_1/],
    [Group, 'displayName eq "staff" and members[value eq "$person"]', 1, 1, /resource_group_name \(displayName\)/],
  ];
  for (const [type, text, looked, found, words] of LOOKED_AT)
    it(`looks at ${looked} and finds ${found}: ${text}`, async () => {
      const explained = await explain(text, type);
      expect(explained.steps[0]?.plan.map((line) => line.text).join('\n')).to.match(words);
      expect(explained).to.include({ lookedAt: looked, found, complete: true, judged: 0 });
      expect(explained.findings[0]?.status).to.equal(looked < PEOPLE ? 'ok' : 'warning');
    });

  it('shows values apart from the statement, as they are bound', async () => {
    const text = `userName eq "O'Neill; DROP TABLE resource --"`;
    const { steps } = await explain(text);
    expect(steps[0]?.text).to.contain('r.key = ?').and.not.to.match(/neill/i);
    expect(steps[0]?.parameters).to.deep.equal(["o'neill; drop table resource --"]);
  });

  it('says which comparisons an index finds where none does', async () => {
    const { findings } = await explain('title eq "Chief"');
    expect(findings[0]?.text).to.match(
      /^slow: reads every one of the 1200 users.*userName and externalId compared by eq/,
    );
  });

  it('stops at the most rows that may be read, and says so', async () => {
    expect(await explain('title eq "Chief"', User, 500)).to.include({ lookedAt: 500, complete: false });
  });

  it('runs beside a backend that writes, and keeps nobody from it', async () => {
    const [explained] = await Promise.all([
      explain('title eq "Clerk"'),
      backend.create(call, User, { userName: 'meanwhile' }),
    ]);
    expect(explained.complete).to.equal(true);
    expect((await explain('userName eq "meanwhile"')).found).to.equal(1);
  });
});
