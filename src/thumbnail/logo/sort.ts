import { StageError } from '../../domain/errors.ts';

export type LogoSort = 'png' | 'jpeg' | 'webp' | 'svg';

/** Bytes. */
export const largestLogo = 2_000_000;

/**
 * What kind of picture the bytes begin like; nothing else reaches a decoder, whatever it is called.
 * @throws StageError PICTURE_UNREADABLE
 */
export function sortOf(bytes: Buffer): LogoSort {
  if (bytes.length > largestLogo) throw unusable(`has more than ${largestLogo / 1_000_000} MB`);
  const starts = (text: string, at = 0) => bytes.toString('latin1', at, at + text.length) === text;
  if (starts('\u0089PNG\r\n\u001a\n')) return 'png';
  if (starts('\u00ff\u00d8\u00ff')) return 'jpeg';
  if (starts('RIFF') && starts('WEBP', 8)) return 'webp';
  const text = asText(bytes);
  if (text === undefined || text.includes('\0') || !/^\s*(<\?xml[^>]*\?>\s*)?(<!--.*?-->\s*)*<svg[\s>]/is.test(text))
    throw unusable('is no PNG, JPEG, WebP or SVG picture');
  refuseActive(text);
  return 'svg';
}

/** UTF-8 only: in another encoding, the words that are looked for below could hide. */
function asText(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const forbidden: readonly (readonly [RegExp, string])[] = [
  [/<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])/i, 'is not in UTF-8'],
  [/<!ENTITY|<!DOCTYPE[^>]*\[/i, 'declares entities'],
  [/<\s*(\w+:)?(script|foreignObject|iframe|object|embed|handler|listener)\b/i, 'has a script or a foreign object'],
  [/[\s"'/]on\w+\s*=/i, 'has a script'],
  [/(java|vb)script\s*:/i, 'has a script'],
  [/<\?xml-stylesheet|@import/i, 'refers to a style sheet elsewhere'],
  [/\b(href|src)\s*=\s*["'](?!\s*#)/i, 'refers to something outside itself, or embeds a picture'],
  [/url\s*\(\s*(?!["']?\s*#)/i, 'refers to something outside itself, or embeds a picture'],
  [/\\/, 'has escapes in its styles'],
];

/** Of an SVG, only what draws: no scripts, nothing from elsewhere, nothing that hides either. */
function refuseActive(text: string): void {
  for (const [sign, what] of forbidden) if (sign.test(text)) throw unusable(what);
}

export const unusable = (what: string, cause?: unknown) =>
  new StageError('PICTURE_UNREADABLE', `This picture cannot be the logo: it ${what}.`, {
    remedy: 'fix',
    action: 'Choose another: a PNG, JPEG, WebP or plain SVG of at most 2 MB and 40 megapixels.',
    cause,
  });
