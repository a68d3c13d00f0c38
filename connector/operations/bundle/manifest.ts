import { KINDS, type PseudonymKind, type Pseudonyms } from '../../redaction/pseudonyms.ts';
import type { Missing, Part } from './part.ts';

export interface ManifestFacts {
  readonly made: Date;
  readonly version: string;
  readonly parts: readonly Part[];
  readonly missing: readonly Missing[];
  readonly pseudonyms: Pseudonyms;
  /** The key is kept, so that the next bundle calls people the same. */
  readonly isKeyKept: boolean;
  /** Name of the archive. */
  readonly archive: string;
}

const bytesOf = ({ text }: Part): number => Buffer.byteLength(text);

const kindLine = ([kind, count]: [string, number]): string =>
  `| \`${kind}-…\` | ${KINDS[kind as PseudonymKind]} | ${count} |`;

/** To be read before the archive is sent. Markdown. */
export function manifestText({ made, version, parts, missing, pseudonyms, isKeyKept, archive }: ManifestFacts): string {
  const who = isKeyKept
    ? 'The same value has the same stand-in in the next bundle. `scim-connector bundle --who user-7f3a21` says on your own machine whom one means.'
    : 'The state folder could not be used, so these stand-ins are good for this bundle alone.';
  return `# Support bundle

Made ${made.toISOString()} by scim-connector ${version}. Read it before you send it:

    tar tzf ${archive}
    tar xzf ${archive}

| File | What is in it | Bytes |
| --- | --- | --- |
${parts.map((part) => `| ${part.name} | ${part.about} | ${bytesOf(part)} |`).join('\n')}
${missing.length === 0 ? '' : `\nNot in it:\n\n${missing.map(({ name, why }) => `- ${name}: ${why}`).join('\n')}\n`}
## What was replaced

Secrets are gone: \`[secret]\`, \`[token]\` and \`[PEM]\` stand for passwords, tokens, keys and certificates. Names, addresses and values
have a stand-in each. Of free text only words stay that our own texts and those of directories use, attributes and settings,
times and small numbers; all else is a stand-in too.

| Stand-in | For | In this bundle |
| --- | --- | --- |
${Object.entries(pseudonyms.counts).toSorted().map(kindLine).join('\n')}

Equal digits mean equal values, whatever the kind. ${who}
The key they are made with stays on your machine: nobody else can try names out.
`;
}
