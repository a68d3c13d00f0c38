import { expect } from 'chai';
import { clientOf } from '../../connector/http/request/client.ts';

describe('what is kept of the program that asks', () => {
  const kept = (text: string): string | undefined => clientOf('10.0.0.5', { 'user-agent': text }).userAgent;

  it('is no credential, also where no other header has shown it', () => {
    const ours = `scim_${'aB-_'.repeat(10)}`;
    const theirs = '00kJ7fK2pQ9xZ-mN4vB8cX1sD6gH3jL5';
    for (const text of [ours, `agent ${ours}`, theirs, `curl/8 (${theirs})`, `SSWS ${theirs}`, `x=${theirs};y`])
      for (const secret of [ours, theirs, theirs.slice(0, 14), theirs.slice(15)])
        expect(kept(text), text).not.to.contain(secret);
  });

  it('is its name, whole', () => {
    for (const text of [
      'Okta-On-Premises-Provisioning-Agent/2.1.0 (Linux 5.14.0-427.13.1.el9_4.x86_64)',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0',
      'Apache-HttpClient/4.5.13 (Java/11.0.22+7-LTS)',
      'python-requests/2.31.0',
    ])
      expect(kept(text)).to.equal(text);
  });
});
