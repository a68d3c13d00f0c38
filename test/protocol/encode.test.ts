import { expect } from 'chai';
import { parseSelection } from '../../connector/protocol/selection.ts';
import { encodeResource } from '../../connector/protocol/v1/encode.ts';
import { encodeError } from '../../connector/protocol/v1/error.ts';
import { NAMES } from '../../connector/protocol/v1/urns.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';

const { User } = resourceTypes();
const meta = { created: '2026-01-05T10:00:00.000Z', lastModified: '2026-01-05T10:00:00.000Z', version: '1' };
const encoding = { baseUrl: 'https://idm.example.com/scim/v1', versions: true };

describe('encodeResource', () => {
  it('lets no password out, though a backend handed it over by mistake', () => {
    const resource = { id: '42', meta, attributes: { userName: 'a', password: 'x', operation: 'delete' } };
    for (const selection of [undefined, parseSelection(NAMES, User, 'password,operation,userName')]) {
      const body = encodeResource(User, resource, { ...encoding, selection });
      expect(body).to.have.all.keys('schemas', 'id', 'meta', 'userName');
    }
  });

  it('builds the location from the base URL and the escaped id', () => {
    const { meta: shown } = encodeResource(User, { id: 'a/b c', meta, attributes: {} }, encoding);
    expect(shown).to.deep.equal({ ...meta, version: 'W/"1"', location: `${encoding.baseUrl}/Users/a%2Fb%20c` });
  });
});

/** SCIM 1.1 API §3.9. */
describe('encodeError', () => {
  it('is the three shapes in one, with texts for codes', () => {
    expect(
      encodeError({ status: 409, reason: 'uniqueness', message: 'userName "a" is taken', reference: 'ABCD-2345' }),
    ).to.deep.equal({
      schemas: ['urn:scim:schemas:core:1.0'],
      Errors: [{ description: 'userName "a" is taken (ref ABCD-2345)', code: '409' }],
      detail: 'userName "a" is taken (ref ABCD-2345)',
      errors: [
        {
          statusCode: 409,
          code: '409',
          internalCode: 'E0000055',
          description: 'userName "a" is taken (ref ABCD-2345)',
        },
      ],
    });
  });
});
