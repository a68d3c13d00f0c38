import { expect } from 'chai';
import { directoryLab } from '../support/directories/directory-lab.ts';
import { peopleLdif } from '../support/directories/people.ts';
import { judge, PEOPLE, page, replicated, serving, until } from '../support/directories/served.ts';

describe('two directory servers behind one connector', () => {
  const first = directoryLab('openldap');
  const second = directoryLab('openldap');
  before(async () => {
    for (const { lab } of [first, second]) await lab.load(replicated(peopleLdif(lab.flavour, PEOPLE)));
  });

  it('an import goes on with the second when the first dies, and comes back', () => {
    const urls = [first.lab.url, second.lab.url];
    const trust = { kind: 'authority', ca: `${first.lab.authority}${second.lab.authority}` } as const;
    return serving(first.lab, { connection: { urls, trust } }, async (http) => {
      const told = async (text: string): Promise<boolean> =>
        (await http.lines()).some(({ message }) => message.includes(text));
      const ids = [...(judge(await page(http, 0)) ?? [])];
      await first.lab.kill();
      ids.push(...(judge(await page(http, 1)) ?? []));
      expect(await told(`working with ${second.lab.url}`)).to.equal(true);
      await first.lab.start();
      await until(async () => {
        judge(await page(http, 0));
        return told(`back to ${first.lab.url}`);
      });
      await second.lab.kill();
      ids.push(...(judge(await page(http, 2)) ?? []));
      expect(new Set(ids).size).to.equal(PEOPLE);
      await second.lab.start();
    });
  });

  it('two connectors give the same ids in the same order', () =>
    serving(first.lab, {}, (one) =>
      serving(second.lab, {}, async (two) => {
        for (const number of [0, 1, 2])
          expect(judge(await page(one, number))).to.deep.equal(judge(await page(two, number)));
      }),
    ));
});
