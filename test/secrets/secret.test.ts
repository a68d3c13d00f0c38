import { inspect } from 'node:util';
import { expect } from 'chai';
import { Secret } from '../../connector/secrets/secret.ts';

describe('Secret', () => {
  const secret = new Secret('hunter2');

  it('gives itself up by reveal alone', () => {
    expect(secret.reveal()).to.equal('hunter2');
  });

  it('prints [secret] however it is turned to text', () => {
    const texts = [
      `${secret}`,
      String(secret),
      ['', secret].join(''),
      JSON.stringify({ secret }),
      inspect({ secret }, { showHidden: true, depth: 9 }),
      inspect(secret),
      Object.values(secret).join(),
    ];
    expect(texts.join('\n')).not.to.contain('hunter2');
    expect(texts.slice(0, 3)).to.deep.equal(['[secret]', '[secret]', '[secret]']);
  });

  it('is not copied by spreading or cloning', () => {
    expect(JSON.stringify({ ...secret })).to.equal('{}');
    expect(inspect(structuredClone({ secret }))).not.to.contain('hunter2');
  });
});
