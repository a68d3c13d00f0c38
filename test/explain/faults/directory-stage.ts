import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DirectoryLab } from '../../support/directories/lab.ts';
import { shortestFile } from '../../support/directories/shortest-file.ts';
import { Stage } from './stage.ts';

/** A connector before a directory. */
export class DirectoryStage extends Stage {
  readonly lab: DirectoryLab;
  readonly #file: string;

  constructor(lab: DirectoryLab) {
    const folder = Stage.newFolder();
    const file = join(folder, 'connector.toml');
    super({ folder, args: ['--config', file], env: { LDAP_PASSWORD: lab.flavour.service.password } });
    this.lab = lab;
    this.#file = file;
    this.configure((text) => text);
  }

  /** @param change  of the shortest file that works */
  configure(change: (text: string) => string): void {
    writeFileSync(this.#file, change(shortestFile(this.lab)));
  }

  /** Changes the directory's own configuration, in LDIF. */
  configuration(ldif: string): Promise<void> {
    return this.lab.apply(ldif, { dn: 'cn=config', password: this.lab.flavour.admin.password });
  }
}
