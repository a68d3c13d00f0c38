import { expect } from 'chai';
import type { Offer } from '../../../connector/protocol/offer.ts';
import type { DiscoveryRequest } from '../../../connector/protocol/protocol.ts';
import { serviceProviderConfig } from '../../../connector/protocol/v2/provider-config.ts';

const OAUTH = { name: 'OAuth', description: 'a token for a signed JWT', type: 'oauth2', primary: true };

const OFFER: Offer = {
  backend: {
    types: ['User', 'Group'],
    create: true,
    modify: true,
    delete: true,
    password: true,
    sort: true,
    incremental: true,
    versioning: 'atomic',
  },
  readOnly: false,
  patch: true,
  bulk: true,
  filter: true,
  sort: true,
  etag: true,
  maxResults: 1000,
  bulkMaxOperations: 1000,
  bulkMaxPayload: 1_048_576,
  authentication: OAUTH,
  open: false,
};

const REQUEST: DiscoveryRequest = {
  types: [],
  kept: (type) => type,
  entitlements: [],
  offer: OFFER,
  dialect: 'profile',
  baseUrl: 'https://scim.example.com/scim/v2',
  parameters: new Map(),
  id: '',
};

const claimed = (more: Partial<DiscoveryRequest>): unknown =>
  serviceProviderConfig({ ...REQUEST, ...more })['interopProfileConformant'];

describe('the interoperability profile', () => {
  it('is claimed by an app that keeps to it [F-01]', () => {
    expect(claimed({})).to.equal(true);
  });

  it('is not claimed, nor denied, by any other', () => {
    for (const dialect of ['compatible', 'strict'] as const) expect(claimed({ dialect })).to.equal(undefined);
    for (const lack of [{ patch: false }, { filter: false }, { maxResults: 99 }, { readOnly: true }])
      expect(claimed({ offer: { ...OFFER, ...lack } }), JSON.stringify(lack)).to.equal(undefined);
  });

  it('is not claimed without TLS and OAuth 2.0, which it asks for [F-08]', () => {
    const authentication = { ...OAUTH, type: 'oauthbearertoken' };
    expect(claimed({ offer: { ...OFFER, authentication } })).to.equal(undefined);
    expect(claimed({ baseUrl: 'http://127.0.0.1:8080/scim/v2' })).to.equal(undefined);
  });
});
