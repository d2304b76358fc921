import { fileURLToPath } from 'node:url';
import { StageError } from '../../domain/errors.ts';
import { type TemplateFile, templateFile } from '../templates/format.ts';
import { themeFile } from '../themes/format.ts';
import type { Theme } from '../themes/theme.ts';
import { DesignCache, type DesignFile, designFiles, stampOf } from './folder.ts';

const suffixes = { template: '.template.yaml', theme: '.theme.yaml' } as const;
type Kind = keyof typeof suffixes;

const builtIn: Record<Kind, string> = {
  template: fileURLToPath(new URL('../templates/built-in/', import.meta.url)),
  theme: fileURLToPath(new URL('../themes/built-in/', import.meta.url)),
};
const standardTheme = 'blue';
const cache = new DesignCache();

/** A template by its name. */
export interface Template extends TemplateFile {
  readonly name: string;
}

/** The built-in templates and themes, and those in the club's folder, as their files currently are. */
export interface Designs {
  readonly templateNames: readonly string[];
  readonly themeNames: readonly string[];
  /** @throws StageError TEMPLATE_UNKNOWN listing the available ones, or DESIGN_INVALID */
  template(name: string): Template;
  /** @throws StageError TEMPLATE_UNKNOWN listing the available ones, or DESIGN_INVALID */
  theme(name: string): Theme;
  /**
   * The theme for a tournament: the first that claims a prefix of its name, the club's before the built-in ones, else
   * blue. A theme with mistakes claims nothing, and is reported to `warn`.
   */
  themeFor(tournament: string, warn: (sentence: string) => void): Theme;
  /** Changes whenever a file in the club's folder does. */
  readonly stamp: string;
}

/** @param folder the club's own; a file in it with the name of a built-in design replaces that design */
export function openDesigns(folder?: string): Designs {
  const files = (kind: Kind): DesignFile[] => {
    const own = folder === undefined ? [] : designFiles(folder, suffixes[kind]);
    const theirs = designFiles(builtIn[kind], suffixes[kind]);
    return [...own, ...theirs.filter(({ name }) => own.every((each) => each.name !== name))];
  };
  const [templates, themes] = [files('template'), files('theme')];
  const nameList = (list: readonly DesignFile[]) => list.map(({ name }) => name).sort();
  const find = (list: readonly DesignFile[], kind: Kind, name: string): DesignFile => {
    const found = list.find((file) => file.name === name);
    if (found) return found;
    throw unknown(kind, name, nameList(list));
  };
  const readTheme = ({ name, path }: DesignFile): Theme => ({ name, ...cache.read(path, themeFile) });
  return {
    templateNames: nameList(templates),
    themeNames: nameList(themes),
    template: (name) => ({ name, ...cache.read(find(templates, 'template', name).path, templateFile) }),
    theme: (name) => readTheme(find(themes, 'theme', name)),
    themeFor(tournament, warn) {
      const words = tournament.trim().toLowerCase();
      for (const file of themes) {
        try {
          const theme = readTheme(file);
          if (theme.tournaments.some((start) => words.startsWith(start.toLowerCase()))) return theme;
        } catch (error) {
          warn((error as Error).message);
        }
      }
      return readTheme(find(themes, 'theme', standardTheme));
    },
    stamp: [...templates, ...themes]
      .filter(({ path }) => folder !== undefined && path.startsWith(folder))
      .map(({ path }) => `${path} ${stampOf(path)}`)
      .join('\n'),
  };
}

function unknown(kind: Kind, name: string, there: readonly string[]): StageError {
  return new StageError('TEMPLATE_UNKNOWN', `There is no thumbnail ${kind} "${name}".`, {
    remedy: 'fix',
    action: `Choose one of these ${kind}s: ${there.join(', ')}.`,
  });
}
