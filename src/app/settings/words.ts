import { z } from 'zod';

/** What people are told about a setting; docs/settings.md is written from it. Markdown, links relative to docs/. */
export interface SettingWords {
  /** One line. */
  readonly about: string;
  /** What happens when it is not set, where the schema has no default or one that depends on the machine. */
  readonly otherwise?: string;
  /** A value that somebody might set, where the kind of value does not show one. */
  readonly example?: string;
  /** A video keeps the value it started with. */
  readonly fixed?: true;
  /** As good as a password: its value is shown nowhere. */
  readonly secret?: true;
}

export const words = z.registry<SettingWords>();
