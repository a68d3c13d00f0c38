/** The protection space that every challenge names (RFC 9110 §11.5). */
export const REALM = 'realm="scim-connector"';
