/** npm run bench [-- [sqlite] USERS] or npm run bench -- ldap [USERS] */
const [backend] = process.argv.slice(2);

await import(backend === 'ldap' ? './ldap.ts' : './sqlite.ts');
