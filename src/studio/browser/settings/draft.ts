import { computed, signal } from '@preact/signals';
import type { SettingsView, SettingView } from '../../server/settings-desk.ts';
import { api, ask, Refusal } from '../api.ts';
import { readAbout } from '../state/about.ts';
import { tell, tellProblem } from '../state/toasts.ts';
import { words } from './words.ts';

/** As they are kept; undefined until they have been read. */
export const view = signal<SettingsView | undefined>(undefined);
/** What was typed and is not saved, by the setting's name. */
export const typed = signal<Readonly<Record<string, string>>>({});
/** Why a value was refused, by the setting's name. It stays until the next try: nothing moves while somebody types. */
export const refused = signal<Readonly<Record<string, string>>>({});
export const isSaving = signal(false);

export const find = (name: string): SettingView | undefined =>
  view.value?.groups.flatMap(({ settings }) => settings).find((each) => each.name === `BADMINTON_${name}`);

/** The value of the field: empty for the default. */
export const keptValue = ({ source, value, isSecret }: SettingView): string =>
  source === 'default' || isSecret ? '' : (value ?? '');

export const changes = computed(() =>
  Object.fromEntries(
    Object.entries(typed.value).filter(([name, value]) => {
      const setting = find(name.replace(/^BADMINTON_/, ''));
      return setting !== undefined && value !== keptValue(setting);
    }),
  ),
);

export async function readSettings(): Promise<void> {
  view.value = await ask(api.settings.$get());
}

export function type(name: string, value: string): void {
  typed.value = { ...typed.peek(), [name]: value };
}

export function discard(): void {
  typed.value = {};
  refused.value = {};
}

/** Saves all changes, or none. */
export async function save(): Promise<boolean> {
  const sent = changes.peek();
  isSaving.value = true;
  try {
    keep(await ask<object>(api.settings.$post({ json: { changes: withNulls(sent) } })));
    // What was typed meanwhile stays.
    typed.value = Object.fromEntries(Object.entries(typed.peek()).filter(([name, value]) => sent[name] !== value));
    refused.value = {};
    const waits = view.peek()?.groups.some(({ settings }) => settings.some((each) => each.waits && each.name in sent));
    tell({ kind: 'done', text: waits ? words.savedForRestart : words.saved });
    await readAbout();
    return true;
  } catch (error) {
    const fields = error instanceof Refusal ? error.fields : {};
    refused.value = fields;
    if (Object.keys(fields).length > 0) tell({ kind: 'problem', text: words.refused });
    else tellProblem(error);
    return false;
  } finally {
    isSaving.value = false;
  }
}

/** Takes one out at once. */
export async function unset(name: string): Promise<void> {
  keep(await ask<object>(api.settings.$post({ json: { changes: { [name]: null } } })));
}

export function keep(answer: object): void {
  view.value = answer as SettingsView;
}

const withNulls = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim() === '' ? null : value.trim()]));
