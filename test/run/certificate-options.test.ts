import { expect } from 'chai';
import type { Config } from '../../connector/config/config.ts';
import { certificateOptions } from '../../connector/run/certificate-options.ts';
import { recordingLog } from '../support/recording-log.ts';

describe('certificate options', () => {
  it('cover the host in server.base_url, which the agent calls', () => {
    const config = {
      state_dir: '/state',
      tls: { source: 'auto', names: ['a.example'] },
      server: { listen: { port: 8443 }, base_url: 'https://b.example:8443' },
    } as unknown as Config;
    expect(certificateOptions(config, recordingLog()).names).to.deep.equal(['a.example', 'b.example']);
  });
});
