import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readCsv, writeCsv } from '../../../connector/operations/transfer/csv.ts';
import { escapeFormula, unescapeFormula } from '../../../connector/operations/transfer/formula.ts';
import { resourceTypes } from '../../../connector/scim/schema/resource-type.ts';
import { rejection } from '../../support/rejection.ts';

const { User } = resourceTypes({ app: 'onprem_app', users: [], groups: [] });
const ANA = { type: 'User', userName: 'ana', name: { givenName: 'Ana' }, active: 'true' };

type Told = unknown;

async function read(csv: string | Buffer, columns: Readonly<Record<string, string>> = {}): Promise<readonly Told[]> {
  const told: Told[] = [];
  for await (const { line, read: document } of readCsv(Readable.from([csv]), User, {
    columns: new Map(Object.entries(columns)),
  }))
    try {
      told.push(document());
    } catch (error) {
      told.push(`line ${line}: ${(error as Error).message}`);
    }
  return told;
}

async function linesOf(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

describe('a table of people', () => {
  for (const [name, csv] of [
    ['commas', 'userName,name.givenName,active\nana,Ana,true\n'],
    ['semicolons, as Excel writes in most of Europe', 'userName;name.givenName;active\r\nana;Ana;true\r\n'],
    [
      'tabs in UTF-16, as "Unicode text"',
      Buffer.from('\ufeffuserName\tname.givenName\tactive\r\nana\tAna\ttrue\r\n', 'utf16le'),
    ],
    ['what its first line says', 'sep=|\nuserName|name.givenName|active\nana|Ana|true\n'],
    ['semicolons, with commas in quotes', '"userName";"name.givenName";active\nana;Ana;true\n'],
    ['the line ends of an old Mac', 'userName,name.givenName,active\rana,Ana,true\r'],
  ] as const)
    it(`is separated by ${name}`, async () => {
      expect(await read(csv)).to.deep.equal([ANA]);
    });

  it('has columns of other names, which --columns maps or leaves out', async () => {
    const csv = 'Login,First name,active,notes\nana,Ana,true,x\n';
    const columns = { Login: 'userName', 'First name': 'name.givenName', notes: '' };
    expect(await read(csv, columns)).to.deep.equal([ANA]);
    expect((await rejection(read(csv, { login: 'userName' }))).message).to.equal(
      '--columns: the header has no column "login"; it has: Login, First name, active, notes',
    );
    expect((await rejection(read(csv, { Login: 'userName' }))).message).to.include('User lacks: First name, notes');
    expect((await rejection(read('a,userName\n', { a: 'userName' }))).message).to.equal(
      'the header has userName twice',
    );
  });

  it('may have a header alone, or columns without a name as long as they are empty', async () => {
    expect(await read('userName\n')).to.deep.equal([]);
    expect(await read('userName,name.givenName,active,\nana,Ana,true,\nbo,Bo,true,7\n')).to.deep.equal([
      ANA,
      'line 3: column 4 has a value and no name in the header',
    ]);
  });

  it('is refused by line, without what stands in the cell', async () => {
    for (const [row, complaint] of [
      ['ana,Ana "Nita"', 'a quote within a cell; put the cell in quotes and write each quote in it twice'],
      ['ana,"Ana" Nita', 'text behind a quote; write each quote within a cell twice'],
      ['ana,"Ana', 'a quote is opened and never closed'],
      ['ana', 'has 1 cells, and the header 2 columns'],
      ['ana,Ana,7', 'has 3 cells, and the header 2 columns'],
      ['ana,Zo\ufffd', 'not UTF-8 text; save the file as UTF-8 (in Excel: "CSV UTF-8")'],
    ] as const)
      expect(await read(`userName,name.givenName\n${row}`), row).to.deep.equal([`line 2: ${complaint}`]);
    const [good, bad] = await read('userName\nbo\n\nan"a');
    expect(good).to.deep.equal({ type: 'User', userName: 'bo' });
    expect(bad).to.match(/^line 4: a quote within a cell/);
  });

  it('comes back as it went, and holds nothing that a spreadsheet would run', async () => {
    const values = ['=1+1', '@SUM(A1)', '+cmd', '-x', "'=1", "''@a", "'quoted", '+46 70 123 45 67', '-5', 'a=b'];
    const people = values.map((title, i) => ({ type: 'User', userName: `u${i}`, title }));
    const csv = await text(Readable.from(writeCsv(people, User)));
    expect(csv)
      .not.to.match(/(^|,)"?[=@]/m)
      .and.not.to.match(/,"?[+-][a-z]/);
    expect(csv).to.include(',+46 70 123 45 67,');
    expect(await read(csv)).to.deep.equal(people);
    for (const cell of ['\t=1', '\r=1', '+1;cmd', '=']) expect(unescapeFormula(escapeFormula(cell))).to.equal(cell);
    expect(escapeFormula('\t=1')).to.equal("'\t=1");
  });

  it('comes back as it went whatever the values are', async () => {
    const marks = ["'", '"', '=', '+', '-', '@', '＝', '\t', '\r', '\n', ' ', ',', ';', '|', '5', 'a', 'sep=;'];
    const text = fc.array(fc.constantFrom(...marks), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        async (values, escapeFormulas) => {
          const people = values.map((title, i) => ({ type: 'User', userName: `u${i}`, title }));
          const lines = await linesOf(writeCsv(people, User, { escapeFormulas }));
          const back = [];
          for await (const { read } of readCsv(Readable.from(lines), User, { escapeFormulas })) back.push(read());
          expect(back).to.deep.equal(people);
          if (!escapeFormulas) return;
          const [, ...rows] = parse(lines.join(''));
          for (const cell of rows.flat()) expect(cell).not.to.match(/^\s*[=@＝]|^[\t\r\n]|^\s*[+-].*[a=@]/s);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('has values as they are when told so, in both directions', async () => {
    const people = ['=1+1', "'=1", '@a'].map((title) => ({ type: 'User', userName: 'u', title }));
    const lines = await linesOf(writeCsv(people, User, { escapeFormulas: false }));
    expect(lines.join('')).to.contain(',=1+1,').and.to.contain(",'=1,");
    const back = [];
    for await (const { read } of readCsv(Readable.from(lines), User, { escapeFormulas: false })) back.push(read());
    expect(back).to.deep.equal(people);
  });

  it('may have space around its cells, which quotes keep', async () => {
    expect(await read('userName , name.givenName,active\n ana ,\t"Ana" , true\n')).to.deep.equal([ANA]);
    expect(await read('userName,title\nana," x "\n')).to.deep.equal([{ type: 'User', userName: 'ana', title: ' x ' }]);
  });
});
