import { expect } from 'chai';
import { parseObjectClasses } from '../../../../connector/backend/ldap/layout/object-classes.ts';
import { parseSchema } from '../../../../connector/backend/ldap/layout/schema.ts';

describe('object classes', () => {
  it('hold what their superclasses hold', () => {
    const classes = parseObjectClasses([
      "( 2.5.6.0 NAME 'top' ABSTRACT MUST objectClass )",
      "( 2.5.6.6 NAME 'person' DESC 'a MUST MAY person' SUP top STRUCTURAL MUST ( sn $ cn ) MAY ( userPassword $ seeAlso ) )",
      "( 1.2.3 NAME ( 'worker' 'employee' ) SUP ( person ) MAY title )",
    ]);
    const employee = classes.get('employee');
    expect([...(employee?.must ?? [])].sort()).to.deep.equal(['cn', 'objectclass', 'sn']);
    expect([...(employee?.may ?? [])].sort()).to.deep.equal(['seealso', 'title', 'userpassword']);
  });

  it('know the other names of an attribute', () => {
    const schema = parseSchema(["( 2.5.4.4 NAME ( 'sn' 'surname' ) SUP name )"]);
    expect(schema.get('sn')?.names).to.equal(schema.get('surname')?.names);
  });
});
