import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type FontMetrics, readFontFile } from './font-file.ts';

/** A font file with its measurements, which are read on first use. */
export interface Face {
  /** Family and weight, by which the drawing engine finds it among the loaded files. */
  readonly family: string;
  readonly weight: number;
  /** Path of the file. */
  readonly file: string;
  readonly metrics: FontMetrics;
}

const { resolve } = createRequire(import.meta.url);

/**
 * Whole files, never subsets: a subset silently loses glyphs of Vietnamese names.
 * @param path relative to the folder of the package's entry file
 */
function face(family: string, weight: number, module: string, path: string): Face {
  const file = join(dirname(resolve(module)), path);
  let metrics: FontMetrics | undefined;
  return {
    family,
    weight,
    file,
    get metrics() {
      metrics ??= readFontFile(readFileSync(file));
      return metrics;
    },
  };
}

const anton = face('Anton', 400, '@expo-google-fonts/anton', '400Regular/Anton_400Regular.ttf');
const extraBold = face('Montserrat', 800, '@expo-google-fonts/montserrat', '800ExtraBold/Montserrat_800ExtraBold.ttf');
const bold = face('Montserrat', 700, '@expo-google-fonts/montserrat', '700Bold/Montserrat_700Bold.ttf');

/** The fonts for everyday texts, which have every Latin and Cyrillic letter. */
export const everydayFaces: readonly Face[] = [anton, extraBold, bold];

const thaiBold = face('Noto Sans Thai', 700, '@expo-google-fonts/noto-sans-thai', '700Bold/NotoSansThai_700Bold.ttf');
const thaiBlack = face(
  'Noto Sans Thai',
  900,
  '@expo-google-fonts/noto-sans-thai',
  '900Black/NotoSansThai_900Black.ttf',
);
const chinese = face('Noto Sans S Chinese', 700, '@embedpdf/fonts-sc', '../fonts/NotoSansHans-Bold.otf');
const japaneseBold = face('Noto Sans Japanese', 700, '@embedpdf/fonts-jp', '../fonts/NotoSansJP-Bold.otf');
const japaneseBlack = face('Noto Sans Japanese', 900, '@embedpdf/fonts-jp', '../fonts/NotoSansJP-Black.otf');
const koreanBold = face('Noto Sans Korean', 700, '@embedpdf/fonts-kr', '../fonts/NotoSansKR-Bold.otf');
const koreanBlack = face('Noto Sans Korean', 900, '@embedpdf/fonts-kr', '../fonts/NotoSansKR-Black.otf');

interface Family {
  /** Fonts for everyday texts, best first. */
  readonly everyday: readonly Face[];
  readonly thai: Face;
  readonly chinese: Face;
  readonly japanese: Face;
  readonly korean: Face;
}

const heavy = { thai: thaiBlack, chinese, japanese: japaneseBlack, korean: koreanBlack };
const strong = { thai: thaiBold, chinese, japanese: japaneseBold, korean: koreanBold };

/** The purpose of a text, and the fonts it may be drawn in. */
const families = {
  name: { everyday: [anton, extraBold], ...heavy },
  title: { everyday: [extraBold, anton], ...strong },
  label: { everyday: [bold, anton], ...strong },
} as const satisfies Record<string, Family>;

export type TextRole = keyof typeof families;

/** The font that sets a role's everyday texts. */
export const plainFace = (role: TextRole): Face => families[role].everyday[0];

export const everydayFacesFor = (role: TextRole): readonly Face[] => families[role].everyday;

const thaiLetters = /\p{Script=Thai}/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const hangul = /\p{Script=Hangul}/u;
const eastAsian = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\p{Script=Greek}]/u;

/**
 * Fonts for what the everyday ones lack, best first. Ideographs look different in Chinese, Japanese and Korean: kana
 * and hangul reveal the language; without them Chinese is assumed. Nothing is loaded for a text that needs none.
 */
export function fallbackFacesFor(role: TextRole, text: string): readonly Face[] {
  const { thai, chinese: sc, japanese: jp, korean: kr } = families[role];
  const east = kana.test(text) ? [jp, sc, kr] : hangul.test(text) ? [kr, sc, jp] : [sc, jp, kr];
  return [...(thaiLetters.test(text) ? [thai] : []), ...(eastAsian.test(text) ? east : [])];
}
