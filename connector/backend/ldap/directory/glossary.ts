/** What texts say of the directory's attributes, each by the name that the directory has for it, in any case. */
export interface Glossary {
  /** What clients call it, and the directory: `emails.value (mail)`. */
  label(attribute: string): string;
  /** The most characters that the directory takes, where it says so. */
  longest(attribute: string): number | undefined;
  /** What values may look like, where that is known. */
  form(attribute: string): string | undefined;
  /** What makes its values, where it is not simply what a client sends. */
  maker(attribute: string): string | undefined;
  /** The table of the configuration that entries of this type are described in: `users`. */
  readonly section: string;
}

/** Of a directory of which nothing is known yet. */
export const NO_GLOSSARY: Glossary = {
  label: (attribute) => attribute,
  longest: () => undefined,
  form: () => undefined,
  maker: () => undefined,
  section: 'users',
};
