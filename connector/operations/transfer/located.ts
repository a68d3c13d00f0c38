import { ScimError } from '../../scim/error.ts';

/** One document and the line it stands on. */
export interface Located {
  readonly line: number;
  /** @throws invalidSyntax what stands there cannot be read */
  readonly read: () => unknown;
}

/** What the decoder puts where bytes are no UTF-8: Excel's plain CSV, for one. @throws invalidSyntax */
export function refuseDamaged(text: string): void {
  if (text.includes('\ufffd')) {
    throw new ScimError('invalidSyntax', 'not UTF-8 text; save the file as UTF-8 (in Excel: "CSV UTF-8")', {
      fault: 'import-file-invalid',
    });
  }
}
