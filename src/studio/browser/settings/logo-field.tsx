import { useSignal } from '@preact/signals';
import type { SettingView } from '../../server/settings-desk.ts';
import { api, ask, inWords } from '../api.ts';
import { tell } from '../state/toasts.ts';
import { keep } from './draft.ts';
import { FileField } from './file-field.tsx';
import { isFixed } from './setting-field.tsx';
import { words } from './words.ts';

/** The logo: sent and kept at once, because a picture is not typed. */
export function LogoField({ setting }: { readonly setting: SettingView }) {
  const problem = useSignal<string | undefined>(undefined);
  const isBusy = useSignal(false);
  const { source } = setting;
  const act = async (request: () => Promise<object>, done: string) => {
    isBusy.value = true;
    problem.value = undefined;
    try {
      keep(await request());
      tell({ kind: 'done', text: done });
    } catch (error) {
      problem.value = inWords(error);
    } finally {
      isBusy.value = false;
    }
  };
  const send = (file: File) => act(() => ask<object>(putLogo(file)), words.logoKept);
  return (
    <div class="setting">
      <FileField
        id="logo"
        label={words.logo}
        accept="image/png,image/jpeg,image/webp,image/svg+xml"
        isDisabled={isFixed(source) || isBusy.value}
        onFile={(file) => void send(file)}
        problem={problem.value}
        about={isFixed(source) ? words.fixedBy[source] : words.logoForm}
      />
      {source === 'settings.json' && (
        <button
          type="button"
          class="plain"
          disabled={isBusy.value}
          onClick={() => void act(() => ask<object>(api.settings.logo.$delete()), words.logoRemoved)}
        >
          {words.removeLogo}
        </button>
      )}
    </div>
  );
}

const putLogo = (file: File) => fetch('/api/settings/logo', { method: 'PUT', body: file });
