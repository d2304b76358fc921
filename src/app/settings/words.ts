import { z } from 'zod';

/** What people are told about a setting; docs/settings.md is generated from it. Markdown, links relative to docs/. */
export interface SettingWords {
  /** One line. */
  readonly about: string;
  /** What happens if it is not set, when the schema has no default or one that depends on the machine. */
  readonly otherwise?: string;
  /** A realistic value, if the kind of value does not show one. */
  readonly example?: string;
  /** A video keeps the value it started with. */
  readonly fixed?: true;
  /** As sensitive as a password: its value is never shown. */
  readonly secret?: true;
}

export const words = z.registry<SettingWords>();
