import { expect } from 'chai';
import { logPart } from '../../../connector/operations/bundle/log-part.ts';
import { lastLines } from '../../../connector/operations/bundle/part.ts';
import { Pseudonyms } from '../../../connector/redaction/pseudonyms.ts';
import { Scrubber } from '../../../connector/redaction/scrubber.ts';

describe('a file of the bundle', () => {
  it('keeps whole lines from the end where it would be too large', () => {
    expect(lastLines('one\ntwo\nthree\n', 100)).to.equal('one\ntwo\nthree\n');
    expect(lastLines('one\ntwo\nthree\n', 9)).to.equal('three\n');
    expect(lastLines('ü'.repeat(50), 11)).to.equal('');
  });

  it('keeps what comes after a key in the log', () => {
    const scrubber = new Scrubber({ pseudonyms: new Pseudonyms(Buffer.alloc(32)) });
    const log =
      '<4>{"msg":"stopped"}\n-----BEGIN PRIVATE KEY-----\nAAAA\nBBBB\n-----END PRIVATE KEY-----\nstopped\n-----BEGIN X-----\nCut1\nstopped\n';
    const { text } = logPart(scrubber, 'a file', Buffer.from(log));
    expect(text.replace(/word-[0-9a-f]{6}/g, 'word')).to.equal(
      '{"msg":"stopped"}\n[PEM]\nstopped\n[PEM]\nword\nstopped\n',
    );
  });
});
