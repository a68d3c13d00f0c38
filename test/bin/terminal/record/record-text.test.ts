import { expect } from 'chai';
import { localDateTime } from '../../../../bin/terminal/record/local-time.ts';
import { recordText } from '../../../../bin/terminal/record/record-text.ts';
import { journalRecord } from '../../../support/journal-record.ts';

describe('a whole record', () => {
  it('has a line for everything in it', () => {
    const record = journalRecord({
      part: 3,
      client: {
        ...{ address: '10.0.0.5', userAgent: 'Okta Agent', accept: 'application/json', contentType: 'text/plain' },
        scim: '2.0',
      },
      changes: [
        { path: 'emails', before: [{ value: 'a@x', type: 'work' }], after: [{ value: 'b@x' }] },
        { path: 'password', secret: 'set' },
      ],
      joined: { ids: ['7', '8'], count: 70 },
      sent: ['dn: uid=jdoe\nchangetype: modify', 'UPDATE users SET title = ?'],
      outcome: 'refused',
      reason: 'invalidValue',
      fault: 'LDAP-21',
      status: 400,
      text: 'mail is refused (ref K7Q2-91XM)',
      diagnostic: 'mail: value #0 invalid per syntax',
      hint: 'map mail',
      ignored: ['shoe'],
      leftOut: ['9'],
      total: 4,
      pages: 2,
      times: 5,
    });
    expect(recordText(record)).to.equal(`${localDateTime(record.time)} K7Q2-91XM#3
  wanted      profile (pushProfileUpdate, replace)
  user        jdoe@example.com, id 42
  app         default
  credential  okta
  from        10.0.0.5, Okta Agent, SCIM 2.0
  accepts     application/json
  body        text/plain
  changes     emails: [{"value":"a@x","type":"work"}] → [{"value":"b@x"}]
              password set
  joined      7, 8 and 68 more
  ignored     shoe
  left out    9
  total       4
  pages       2
  sent        dn: uid=jdoe
              changetype: modify
              UPDATE users SET title = ?
  outcome     refused (invalidValue, HTTP 400, LDAP-21)
  told Okta   mail is refused (ref K7Q2-91XM)
  store said  mail: value #0 invalid per syntax
  to change   map mail
  stands for  5 requests
  took        12.3 ms, of it the store 8 ms`);
  });

  it('shows no character that turns or hides the text around it', () => {
    const evil = 'a\u001b[2J\u202e\n\u0007';
    const client = { address: evil, userAgent: evil, accept: evil, contentType: evil };
    const changes = [{ path: evil, before: evil }];
    const shown = recordText(
      journalRecord({
        client,
        changes,
        name: evil,
        app: evil,
        actor: evil,
        sent: [evil],
        text: evil,
        diagnostic: evil,
      }),
    );
    expect(shown).to.match(/^[\x20-\x7e→–\n]+$/);
  });
});
