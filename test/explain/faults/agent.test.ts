import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { AGENT_FAULTS } from './agent-faults.ts';
import { plantAll } from './planted-fault.ts';
import { Stage } from './stage.ts';

plantAll('a fault between Okta and the connector', AGENT_FAULTS, () => new Stage());

describe('a configuration in UTF-16, as programs of Windows write it', () => {
  it('is none: it is read as any other', async () => {
    const stage = new Stage();
    try {
      const file = join(stage.folder, 'connector.toml');
      writeFileSync(
        file,
        Buffer.from('\ufeffconfig_version = 1\r\n[server]\r\nhttp = true\r\nlisten = "127.0.0.1:0"\r\n', 'utf16le'),
      );
      const { stdout, stderr } = await stage.run(['config', 'show', '--config', file, '--json']);
      expect(JSON.parse(stdout), stderr).to.be.an('object');
      expect(stdout).to.match(/"http": true/);
    } finally {
      await stage.close();
    }
  });
});
