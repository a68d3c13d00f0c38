import { type Attribute, complex, string } from './attribute.ts';

/** Enterprise User extension (SCIM 1.1 Core §7). 1.1 has `managerId`, not 2.0's `value`. */
export const enterpriseAttributes: readonly Attribute[] = [
  string('employeeNumber', 'Numeric or alphanumeric identifier assigned to a person.'),
  string('costCenter', 'Identifies the name of a cost center.'),
  string('organization', 'Identifies the name of an organization.'),
  string('division', 'Identifies the name of a division.'),
  string('department', 'Identifies the name of a department.'),
  complex('manager', "The User's manager.", [
    string('managerId', "The id of the SCIM resource representing the User's manager.", { required: true }),
    string('displayName', "The displayName of the User's manager.", { mutability: 'readOnly' }),
  ]),
];
