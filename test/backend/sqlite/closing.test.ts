import { expect } from 'chai';
import { call, everyone } from '../../conformance/company.ts';
import { User } from '../../conformance/people.ts';
import { refusal } from '../../conformance/refusal.ts';
import { opened } from './opened.ts';
import { temporaryFile } from './temporary-file.ts';

describe('closing a SQLite backend', () => {
  it('lets changes under way finish, and takes no more', async () => {
    const file = temporaryFile();
    const backend = await opened(file);
    // Its password takes a while to hash.
    const running = backend.create(call, User, { userName: 'running', password: 'pa$$word1' });
    const closed = backend.close();
    const late = await refusal(backend.create(call, User, { userName: 'late' }), 'unavailable');
    expect(late.message).to.contain('the connector is stopping');
    await Promise.all([running, closed]);
    await refusal(backend.create(call, User, { userName: 'later' }), 'unavailable');

    const again = await opened(file);
    const { resources } = await again.list(call, User, everyone);
    expect(resources.map(({ attributes }) => attributes['userName'])).to.deep.equal(['running']);
    await again.close();
    await again.close();
  });
});
