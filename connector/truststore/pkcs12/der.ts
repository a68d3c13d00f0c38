import { type AsnType, Constructed, fromBER, Integer, ObjectIdentifier, OctetString, Primitive } from 'asn1js';
import { damaged } from '../truststore-error.ts';

/** Every authority there is takes some 10,000 nodes. */
const LIMITS = { maxDepth: 32, maxNodes: 200_000, parseEmbedded: false } as const;

const CONTEXT = 3;

/** A node of ASN.1 in its encoding. Whoever asks for what it is not is told of damage. */
export class Der {
  readonly #block: AsnType;

  private constructor(block: AsnType) {
    this.#block = block;
  }

  /** @throws TruststoreError */
  static parse(bytes: Uint8Array): Der {
    const { offset, result } = fromBER(bytes, LIMITS);
    if (offset === -1) throw damaged(`no ASN.1: ${result.error}`);
    return new Der(result);
  }

  get children(): readonly Der[] {
    const { valueBlock } = this.#block as Constructed;
    if (!Array.isArray(valueBlock.value)) throw damaged('a value where there should be a list');
    return valueBlock.value.map((block) => new Der(block as AsnType));
  }

  get(index: number): Der {
    const child = this.children[index];
    if (child === undefined) throw damaged('a part is missing');
    return child;
  }

  has(index: number): boolean {
    return this.children[index] !== undefined;
  }

  get isSequence(): boolean {
    return this.#block.idBlock.tagClass === 1 && this.#block.idBlock.tagNumber === 16;
  }

  get isOctets(): boolean {
    return this.#block instanceof OctetString;
  }

  get isInteger(): boolean {
    return this.#block instanceof Integer;
  }

  get oid(): string {
    if (!(this.#block instanceof ObjectIdentifier)) throw damaged('no object identifier where there should be one');
    return this.#block.getValue();
  }

  get number(): number {
    if (!(this.#block instanceof Integer)) throw damaged('no number where there should be one');
    return this.#block.valueBlock.valueDec;
  }

  /** Of an OCTET STRING, or one with a tag in the place of its own, in one piece or in several. */
  get octets(): Buffer {
    const block = this.#block;
    if (block instanceof OctetString) return Buffer.from(block.getValue());
    const isTagged = block.idBlock.tagClass === CONTEXT;
    if (isTagged && block instanceof Primitive) return Buffer.from(block.valueBlock.valueHexView);
    if (isTagged && block instanceof Constructed) return Buffer.concat(this.children.map(({ octets }) => octets));
    throw damaged('no bytes where there should be some');
  }

  /** Of a BMPString: two bytes for each character. */
  get text(): string {
    const { valueBlock } = this.#block as unknown as { readonly valueBlock?: { readonly value?: unknown } };
    return typeof valueBlock?.value === 'string' ? valueBlock.value : '';
  }
}
