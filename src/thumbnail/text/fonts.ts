import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type FontMetrics, readFontFile } from './font-file.ts';

/** A font file in memory with its measurements. */
export interface Face {
  /** Name under which the drawing layer knows it. */
  readonly name: string;
  readonly file: Buffer;
  readonly metrics: FontMetrics;
}

const resolve = createRequire(import.meta.url).resolve;

/** Whole files, never subsets: a subset loses glyphs of Vietnamese names without a word. */
function load(name: string, file: string): Face {
  const bytes = readFileSync(resolve(file));
  return { name, file: bytes, metrics: readFontFile(bytes) };
}

const anton = load('Anton', '@expo-google-fonts/anton/400Regular/Anton_400Regular.ttf');
const extraBold = load(
  'Montserrat ExtraBold',
  '@expo-google-fonts/montserrat/800ExtraBold/Montserrat_800ExtraBold.ttf',
);
const bold = load('Montserrat Bold', '@expo-google-fonts/montserrat/700Bold/Montserrat_700Bold.ttf');

/** Every loaded font, once per process. */
export const faces: readonly Face[] = [anton, extraBold, bold];

/** What a text is for, and the fonts it may be drawn in, best first: the later ones have more alphabets. */
export const faceChains = {
  name: [anton, extraBold],
  title: [extraBold, anton],
  label: [bold, anton],
} as const satisfies Record<string, readonly Face[]>;

export type TextRole = keyof typeof faceChains;
