import { expect } from 'chai';
import { query } from '../../support/for-each-backend.ts';
import { CORE, type Walk } from './walk.ts';

/** Filters, sorting, pages; leaves eleven more. */
export function finding({ expectStatus, count, kept }: Walk): void {
  it('finds by filter what it should, and refuses the rest', async () => {
    const { created } = kept['a'].meta;
    const offset = new Date(Date.parse(created) + 3_600_000).toISOString().replace('Z', '+01:00');
    for (const [filter, expected] of [
      ['Username Eq "ASILVA"', 1],
      [`${CORE}:userName sw "a"`, 1],
      ['emails co "example.com"', 1],
      ['emails.value co "example.com"', 1],
      ['emails pr', 1],
      ['title pr', 0],
      ['title pr and emails pr or userName pr', 2],
      ['title pr and (emails pr or userName pr)', 0],
      [`meta.created ge "${created}"`, 2],
      [`meta.created ge "${offset}"`, 2],
      [`meta.lastModified lt "${created}"`, 0],
      [`userName eq "asilva" and meta.lastModified ge "${created}"`, 1],
      [`userName eq "asilva" and meta.lastModified gt "${created}"`, 0],
      [`userName eq "asilva" and meta.lastModified ge "${offset}"`, 1],
    ] as const) {
      expect(await count('/Users', filter), filter).to.equal(expected);
    }
    for (const filter of [
      'userName ne "x"',
      'meta.created lte "x"',
      'not (title pr)',
      "userName eq 'x'",
      'userName eq x',
      'foo',
      '(',
      'name eq "x"',
    ]) {
      await expectStatus(400, 'GET', `/Users${query({ filter })}`);
    }
  });

  it('sorts and pages', async () => {
    for (let i = 10; i <= 20; i += 1)
      await expectStatus(201, 'POST', '/Users', { userName: `u${i}`, title: `t${30 - i}` });
    const names = async (path: string): Promise<string[]> =>
      (await expectStatus(200, 'GET', path)).body.Resources.map((r: { userName: string }) => r.userName);
    const sorted = await names('/Users?sortBy=userName&sortOrder=descending');
    expect(sorted).to.deep.equal([...sorted].sort().reverse());
    expect((await names('/Users?sortBy=title')).slice(-2)).to.have.members(['asilva', 'b']);
    expect((await names('/Users?sortBy=title&sortOrder=descending')).slice(0, 2)).to.have.members(['asilva', 'b']);
    const seen = new Set<string>();
    for (const [startIndex, size] of [
      [1, 3],
      [4, 3],
      [7, 3],
      [10, 3],
      [13, 1],
      [14, 0],
    ]) {
      const { body } = await expectStatus(200, 'GET', `/Users?startIndex=${startIndex}&count=3`);
      expect(body).to.include({ totalResults: 13, itemsPerPage: size, startIndex });
      for (const { id } of body.Resources) seen.add(id);
    }
    expect(seen.size).to.equal(13);
    expect((await expectStatus(200, 'GET', '/Users?count=0')).body).to.include({ totalResults: 13, itemsPerPage: 0 });
    for (const bad of ['count=-1', 'count=x', 'startIndex=x']) await expectStatus(400, 'GET', `/Users?${bad}`);
    await expectStatus(200, 'GET', '/Users?foo=bar');
  });
}
