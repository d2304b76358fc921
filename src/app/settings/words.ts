import { z } from 'zod';

/** What people are told about a setting; docs/settings.md is generated from it. Markdown, links relative to docs/. */
export interface SettingWords {
  /** One line. */
  readonly about: string;
  /** What happens if it is not set, when the schema has no default or one that depends on the machine. */
  readonly otherwise?: string;
  /** A realistic value, if the kind of value does not show one. */
  readonly example?: string;
  readonly changeFrom: ChangeFrom;
  readonly applies: Applies;
  /** As sensitive as a password: its value is never shown. */
  readonly secret?: true;
}

/**
 * The farthest place from which it may be changed: the settings page on this machine and on administrators' devices; only
 * the page on this machine; only a terminal, because it runs a command, names a file, or says where recordings and the
 * sign-in are sent; only the environment, because it says where the other settings are kept.
 */
export type ChangeFrom = 'page' | 'machine' | 'terminal' | 'environment';

/** When a change takes effect in a program that runs; with `new videos`, each video keeps the value it started with. */
export type Applies = 'at once' | 'new videos' | 'restart';

export const words = z.registry<SettingWords>();
