import { expect } from 'chai';
import { datedServer } from '../../../support/directories/dated-server.ts';
import { patient, withDirectory } from '../../../support/directories/service-directory.ts';
import { everything, failureOf, mockOptions } from './mock.ts';

/** What a directory whose certificate is valid from `notBefore` to `notAfter`, and believed, is told. */
async function toldOf(notBefore: Date, notAfter: Date): Promise<string> {
  const { url, authority, close } = await datedServer(notBefore, notAfter);
  const options = mockOptions([], { urls: [url], trust: { kind: 'authority', ca: authority } });
  try {
    return await withDirectory(options, async (directory) => {
      const failure = await failureOf(directory.read(patient(), (session) => session.search(everything)));
      expect(failure.lasting).to.equal(true);
      return failure.message;
    });
  } finally {
    close();
  }
}

describe("a directory's certificate that is not valid now", () => {
  it('has expired, and since when', async () => {
    expect(await toldOf(new Date('2020-01-01T00:00:00Z'), new Date('2021-02-03T04:05:06Z'))).to.include(
      "the server's certificate has expired on 2021-02-03 04:05 UTC; renew it",
    );
  });

  it('is not valid before a time', async () => {
    expect(await toldOf(new Date('2090-01-02T03:04:05Z'), new Date('2091-01-01T00:00:00Z'))).to.include(
      "the server's certificate is not valid before 2090-01-02 03:04 UTC; check both clocks",
    );
  });
});
