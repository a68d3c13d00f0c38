import { join } from 'node:path';
import { expect } from 'chai';
import { pagesIn } from '../../bin/host/manual.ts';
import { ROOT } from '../../installer/bundle-options.ts';
import { handbook } from '../../installer/handbook.ts';

describe('the handbook', () => {
  const html = handbook(pagesIn(join(ROOT, 'docs')), '1.2.3');

  it('holds every page, once', () => {
    const ids = [...html.matchAll(/<h1 id="([^"]+)"/g)].map(([, id]) => id);
    expect([...ids].sort()).to.deep.equal(Object.keys(pagesIn(join(ROOT, 'docs'))).sort());
  });

  it('has a place for every link within it', () => {
    const places = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const lost = [...html.matchAll(/href="#([^"]+)"/g)].flatMap(([, to = '']) => (places.has(to) ? [] : [to]));
    expect(lost).to.deep.equal([]);
    expect(html).to.match(/href="#[\w-]+--[\w-]+"/);
  });

  it('loads nothing', () => {
    expect(html).to.not.match(/<(script|link|img|iframe)\b|\bsrc=/);
  });

  it('shows what looks like HTML as text', () => {
    expect(handbook({ page: '# A\n\nthe <script>alert(1)</script> `<b>`' }, '1')).to.include('&lt;script&gt;alert(1)');
  });
});
