import { expect } from 'chai';
import { ConfigError } from '../../../connector/config/load/problem.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { loadText } from './load-support.ts';

describe('[alerts]', () => {
  const folder = temporaryFolder();
  const load = (text: string) => loadText(folder.path, text, { resolveSecret: () => 'a-key-of-some-length' });
  const problems = (text: string): Promise<readonly string[]> =>
    load(text).then(
      () => [],
      (error) => (error instanceof ConfigError ? error.problems : [String(error)]),
    );
  const WEBHOOK = '[alerts.webhook]\nsecret = { secret = "alerts-webhook" }\n';
  const EMAIL = '[alerts.email]\nhost = "smtp.corp.example"\n';

  it('has its secrets at hand and its paths absolute', async () => {
    const { config } = await load(`${WEBHOOK}url = "https://ops.corp.example/x"\nca_file = "ca.pem"`);
    expect(config.alerts.webhook.secret?.reveal()).to.equal('a-key-of-some-length');
    expect(config.alerts.webhook.ca_file).to.equal(`${folder.path}/ca.pem`);
    expect(config.alerts.min_interval).to.equal(900_000);
  });

  for (const [text, problem] of [
    ['[alerts.webhook]\nurl = "https://x.example"', /alerts\.webhook\.secret: missing; .*secret set alerts-webhook/],
    [
      `${WEBHOOK}url = "http://ops.corp.example"`,
      /alerts\.webhook\.url: http:\/\/ is for this machine alone; use https/,
    ],
    [`${WEBHOOK}url = "ftp://ops.corp.example"`, /alerts\.webhook\.url: must be an https:\/\/ URL/],
    [`${WEBHOOK}url = "https://me:pass@x.example"`, /alerts\.webhook\.url: must hold no user name or password/],
    [WEBHOOK, /alerts\.webhook\.secret: has no effect without url/],
    [EMAIL, /alerts\.email\.from: missing/],
    [EMAIL, /alerts\.email\.to: missing/],
    [
      `${EMAIL}from = "a@b.example"\nto = ["b@c.example"]\nuser = "x"`,
      /alerts\.email\.password: missing; user needs it/,
    ],
    [`${EMAIL}from = "a"\nto = ["b@c.example"]`, /alerts\.email\.from: must be an address/],
    [`${EMAIL}from = "a@b.example"\nto = ["b@c.example, x@y.example"]`, /alerts\.email\.to.*must be an address/],
    ['[alerts.email]\nto = ["b@c.example"]', /alerts\.email\.to: has no effect without host/],
    ['[alerts.sms]\nnumber = 1', /alerts\.sms/],
    ['[alerts]\nminimal_interval = "1m"', /alerts\.minimal_interval.*min_interval/],
  ] as const)
    it(`${JSON.stringify(text)} is refused with the field and the fix`, async () => {
      expect(
        (await problems(text)).filter((line) => problem.test(line)),
        String(await problems(text)),
      ).to.have.length(1);
    });

  for (const url of ['http://127.0.0.1:8080/x', 'http://[::1]/x', 'http://localhost/x', 'https://ops.corp.example/x'])
    it(`${url} is accepted`, async () => {
      expect(await problems(`${WEBHOOK}url = "${url}"`)).to.deep.equal([]);
    });
});
