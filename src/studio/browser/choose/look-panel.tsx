import type { Signal } from '@preact/signals';
import { about } from '../state/about.ts';
import type { DeskSession } from '../state/session.ts';
import { Icon } from '../ui/icon.tsx';

interface Props {
  readonly session: DeskSession;
  readonly isCropping: Signal<boolean>;
  /** The template as long as nobody has chosen one. */
  readonly template: string | undefined;
  /** What it is to choose no theme. */
  readonly noTheme: { readonly label: string; readonly title: string };
  /** The theme that is chosen by choosing none, if that is always the same. */
  readonly theme?: string | undefined;
}

/** Template, theme and crop of the thumbnail. */
export function LookPanel({ session, isCropping, template: usualTemplate, theme: usualTheme, noTheme }: Props) {
  const { look } = session;
  const { templates = [], themes = [] } = about.value ?? {};
  const set = (wish: Partial<typeof look.value>) => {
    look.value = { ...look.value, ...wish };
  };
  const template = look.value.template ?? usualTemplate;
  const theme = look.value.theme ?? usualTheme;
  return (
    <div class="look">
      <div class="segments" role="group" aria-label="Template">
        {templates.map((name) => (
          <button key={name} type="button" aria-pressed={template === name} onClick={() => set({ template: name })}>
            {name}
          </button>
        ))}
      </div>
      <div class="look-row">
        <div class="swatches" role="group" aria-label="Theme">
          <button
            type="button"
            class="auto"
            aria-pressed={theme === undefined}
            title={noTheme.title}
            onClick={() => set({ theme: undefined })}
          >
            {noTheme.label}
          </button>
          {themes.map(({ name, colours: [panel, accent] }) => (
            <button
              key={name}
              type="button"
              aria-pressed={theme === name}
              aria-label={`Theme ${name}`}
              title={name}
              style={{ '--panel': panel ?? '#888', '--accent': accent ?? '#ccc' }}
              onClick={() => set({ theme: name })}
            />
          ))}
        </div>
        <button
          type="button"
          class="plain"
          aria-pressed={isCropping.value}
          onClick={() => {
            isCropping.value = !isCropping.value;
          }}
        >
          <Icon name="crop" /> Crop <kbd>C</kbd>
        </button>
        {look.value.crop && (
          <button type="button" class="quiet" onClick={() => set({ crop: undefined })}>
            Automatic
          </button>
        )}
      </div>
    </div>
  );
}
