import { expect } from 'chai';
import { journalPart, learnPeople } from '../../../connector/operations/bundle/journal-part.ts';
import { Pseudonyms } from '../../../connector/redaction/pseudonyms.ts';
import { Scrubber } from '../../../connector/redaction/scrubber.ts';
import { journalRecord } from '../../support/journal-record.ts';

describe('the journal in the bundle', () => {
  it('names no connector that shares the database, and each by one stand-in for a host', () => {
    const scrubber = new Scrubber({ pseudonyms: new Pseudonyms(Buffer.alloc(32)) });
    const nodes = ['scim-east', 'scim-west', 'scim-east'];
    const records = nodes.map((node, seq) => ({ ...journalRecord({ node }), seq }));
    learnPeople(scrubber, records);
    const part = journalPart(scrubber, records, true);
    const text = 'text' in part ? part.text : '';
    expect(text).not.to.match(/east|west/);
    const told = text.trimEnd().split('\n');
    const [east, west, again] = told.map((line) => (JSON.parse(line) as { readonly node: string }).node);
    expect(east).to.match(/^host-/);
    expect(again).to.equal(east);
    expect(west).not.to.equal(east);
    expect('about' in part && part.about).to.contain('of this connector alone');
  });
});
