import { VOCABULARY } from './vocabulary.ts';

/** Numbers as measures and counts are: too short for a telephone, an account or a card. */
const NUMBER = /^[-+]?\d{1,6}(?:\.\d{1,3})?(?:ms|s|m|h|d|%|[KMG]iB|[kMG]?B)?$/;
/** ISO 8601, or the time alone. */
const TIME = /^(?:\d{4}-\d\d-\d\d)?T?(?:\d\d:\d\d(?::\d\d)?(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/;
const VERSION = /^[v=]?\d{1,3}(?:\.\d{1,3}){1,2}$/;
/** What is told to Okta and stands in the log. */
const REFERENCE = /^[0-9A-Z]{4}-[0-9A-Z]{4}$/;
/** Loopback, and every interface. */
const OWN = /^(?:127(?:\.\d{1,3}){3}|0\.0\.0\.0|::1?|\[::1?\]|localhost)$/;
/** A result code, a flag, a mode. */
const SHORT_HEX = /^0x[0-9a-f]{1,4}$/i;

export const isOwnAddress = (text: string): boolean => OWN.test(text);
export const isReference = (text: string): boolean => REFERENCE.test(text);
export const isNumber = (text: string): boolean => NUMBER.test(text);
export const isTime = (text: string): boolean => text.length >= 5 && TIME.test(text);

/** Names of environment variables are written in capitals. */
export const isWord = (text: string): boolean =>
  VOCABULARY.has(text) || (/^[A-Z]+$/.test(text) && VOCABULARY.has(text.toLowerCase()));

/** `curl/8.5.0` */
const PRODUCT = /^([A-Za-z-]+)\/\d{1,4}(?:\.\d{1,4}){0,3}$/;
/** The last segment of a base URL. */
const PROTOCOL = /^v\d$/;

/** Words between marks, such as `createNewUser`, `no-store` or `bind_dn`. With dots it may be the name of a host. */
function isCompound(text: string): boolean {
  if (text.length > 80) return false;
  const parts = text.split(/[-_/:+&#=]+/).filter((part) => part !== '');
  return parts.length > 0 && parts.every((part) => isWord(part) || PROTOCOL.test(part));
}

/** A part of a text, without blanks, that gives nobody away and cannot be a secret. */
export const isHarmless = (text: string): boolean =>
  isCompound(PRODUCT.exec(text)?.[1] ?? text) ||
  isNumber(text) ||
  isTime(text) ||
  VERSION.test(text) ||
  SHORT_HEX.test(text) ||
  isOwnAddress(text);
