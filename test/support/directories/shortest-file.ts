import type { DirectoryLab } from './directory-lab.ts';

/** The shortest file that works, with the addresses and names of `lab`. The password is in LDAP_PASSWORD. */
export const shortestFile = ({ url, authorityFile, flavour }: DirectoryLab): string => `config_version = 1
[apps.default]
backend = "ldap"
[apps.default.ldap]
urls = ["${url}"]
ca_file = "${authorityFile}"
bind_dn = "${flavour.service.dn}"
password = { env = "LDAP_PASSWORD" }
[apps.default.users]
base = "${flavour.people}"
[apps.default.groups]
base = "${flavour.groups}"
`;
