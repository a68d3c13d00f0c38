import { expect } from 'chai';
import fc from 'fast-check';
import { idToLdap, idToScim } from '../../../../connector/backend/ldap/mapping/entry-id.ts';
import { numbered } from '../../../../connector/backend/ldap/mapping/numbered.ts';
import { IdPacker, PackedIds } from '../../../../connector/backend/ldap/mapping/packed-ids.ts';
import { formatTime, parseTime } from '../../../../connector/backend/ldap/mapping/syntax.ts';
import { parseTemplate } from '../../../../connector/backend/ldap/mapping/template.ts';
import { ScimError } from '../../../../connector/scim/error.ts';

describe('ldap values', () => {
  it('reads Generalized Time of every server, and nothing else', () => {
    const noon = Date.UTC(2026, 10, 25, 12, 0, 0);
    for (const text of [
      '20261125120000Z',
      '20261125120000.0Z',
      '202611251200Z',
      '2026112512Z',
      '20261125140000+0200',
    ]) {
      expect(parseTime(text), text).to.equal(noon);
    }
    expect(parseTime('20261125120000.337Z')).to.equal(noon + 337);
    for (const text of ['banana', '20261325120000Z', '2026-11-25', '20261125'])
      expect(parseTime(text), text).to.equal(undefined);
    expect(formatTime(noon + 999)).to.equal('20261125120000Z');
  });

  it('writes objectGUID as Windows does: the first three fields are little endian', () => {
    const bytes = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    const id = '33221100-5544-7766-8899-aabbccddeeff';
    expect(idToScim('guid', bytes)).to.equal(id);
    expect(idToLdap('guid', id)).to.deep.equal(bytes);
    expect(idToLdap('guid', 'x')).to.equal(undefined);
  });

  it('packs ids into 16 bytes each and unpacks any part of them', () => {
    fc.assert(
      fc.property(fc.array(fc.uuid(), { maxLength: 30 }), fc.nat(35), fc.nat(35), (ids, from, to) => {
        const packed = PackedIds.of('uuid', ids);
        expect(packed.slice(from, to)).to.deep.equal(ids.slice(from, Math.max(from, to)));
        expect(packed.size).to.equal(16 * ids.length);
      }),
    );
    const own = ['71ece201-e91911f1-a43aee4b-a55a7f14'];
    expect(PackedIds.of('nsuniqueid', own).slice(0, 1)).to.deep.equal(own);
    expect(PackedIds.of('text', ['a', 'b']).slice(1, 5)).to.deep.equal(['b']);
  });

  it('sorts packed ids as their texts sort, also those that begin alike', () => {
    const alike = fc.uuid().map((id) => `00112233-4455-6${id.slice(15)}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uuid(), alike), { maxLength: 200 }), (ids) => {
        for (const [format, own] of [
          ['uuid', ids],
          ['text', ids],
          ['nsuniqueid', ids.map((id) => id.replaceAll('-', '').replace(/.{8}(?!$)/g, '$&-'))],
        ] as const) {
          const packer = new IdPacker(format);
          for (const id of own) packer.add(id);
          expect(packer.length).to.equal(own.length);
          expect(packer.sorted().slice(0, 999)).to.deep.equal(own.toSorted());
        }
      }),
    );
  });

  it('fills templates in, with alternatives and transformations, or not at all', () => {
    const person = {
      userName: 'Ann.Lee+x@corp.example',
      name: { givenName: 'Ann' },
      emails: [{ value: 'b@x' }, { value: 'a@x', primary: true }],
    };
    const render = (text: string): string | undefined => parseTemplate(text, 'users.rdn').render(person);
    expect(render('{userName:local}!')).to.equal('Ann.Lee+x!');
    expect(render('{userName:account}')).to.equal('Ann.Leex');
    expect(render('{displayName|name.givenName:lower}')).to.equal('ann');
    expect(render('{emails}')).to.equal('a@x');
    expect(render('{name.givenName} {name.familyName}')).to.equal(undefined);
    expect(render('constant')).to.equal('constant');
    expect(() => parseTemplate('{userName:shout}', 'users.rdn')).to.throw(ScimError, 'users.rdn');
  });

  it('leaves room in a template for what is found to be free', () => {
    const person = { userName: 'maximiliana.schneider@corp.example' };
    const unique = parseTemplate('x-{userName:account:unique}', 'users.map');
    expect(unique.generator).to.deep.equal({ kind: 'unique', longest: 20 });
    expect(unique.render(person)).to.equal('x-maximiliana.schneide');
    expect(unique.render(person, (text) => `${text.length}`)).to.equal('x-20');
    const next = parseTemplate('{next:10000-60000}', 'users.map');
    expect(next.generator).to.deep.equal({ kind: 'next', from: 10000, to: 60000 });
    expect([next.render(person), next.render(person, () => '10007')]).to.deep.equal([undefined, '10007']);
    for (const wrong of ['{next}', '{next:9-1}', '{next:a-b}', '{next:1-2}{next:1-2}', '{userName:unique:lower}'])
      expect(() => parseTemplate(wrong, 'users.map."x"'), wrong).to.throw(ScimError, 'users.map."x"');
  });

  it('numbers names within their room, never half a character', () => {
    const choices = (text: string, room: number): readonly string[] => [1, 2, 10].map((n) => numbered(text, n, room));
    expect(choices('sales', 20)).to.deep.equal(['sales', 'sales2', 'sales10']);
    expect(choices('maximiliana.schneider', 20)).to.deep.equal([
      'maximiliana.schneide',
      'maximiliana.schneid2',
      'maximiliana.schnei10',
    ]);
    expect(choices('ab 😀', 4)).to.deep.equal(['ab', 'ab2', 'ab10']);
  });
});
