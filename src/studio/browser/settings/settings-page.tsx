import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SettingView } from '../../server/settings-desk.ts';
import { words as firstStart } from '../first-start/words.ts';
import { about } from '../state/about.ts';
import { follow } from '../state/route.ts';
import { ClubPreview } from './club-preview.tsx';
import { changes, discard, isSaving, readSettings, save, view } from './draft.ts';
import { LogoField } from './logo-field.tsx';
import { RestartProgram } from './restart-program.tsx';
import { SendTest } from './send-test.tsx';
import { SettingField } from './setting-field.tsx';
import { TargetField } from './target-field.tsx';
import { words } from './words.ts';
import { YouTubeAccount } from './youtube-account.tsx';

/** What clubs change; the rest is closed at first. */
const usual = ['The club', 'Choosing the frame', 'Thumbnails', 'Publishing', 'Uploads', 'Studio and notifications'];

/** All settings of the program. */
export function SettingsPage() {
  const problem = useSignal<string | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const isRehearsal = about.value?.isRehearsal;
  // And again when somebody has switched, on another page or in a terminal.
  useEffect(() => {
    readSettings().catch((error) => {
      problem.value = error.message;
    });
  }, [isRehearsal]);
  const isRead = view.value !== undefined;
  useEffect(() => {
    if (isRead) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isRead]);
  if (!view.value) return <h1 class="booting">{problem.value ?? words.reading}</h1>;
  const count = Object.keys(changes.value).length;
  return (
    <form
      ref={form}
      class="settings"
      aria-labelledby="settings-name"
      onSubmit={(event) => {
        event.preventDefault();
        if (count > 0) void save().then((isSaved) => isSaved || requestAnimationFrame(() => showRefused(form.current)));
      }}
    >
      <h1 id="settings-name">{words.title}</h1>
      {view.value.problem && <p class="problem-text">{view.value.problem}</p>}
      <RestartProgram />
      <p>
        <a href="/first-start" onClick={follow}>
          {firstStart.again}
        </a>
      </p>
      <YouTubeAccount />
      {view.value.groups.map(({ title, settings }) => (
        <details key={title} class="card setting-group" open={usual.includes(title)}>
          <summary>
            <h2>{title}</h2>
          </summary>
          {title === 'The club' && <ClubPreview />}
          {settings.map((setting) => (
            <Setting key={setting.name} setting={setting} />
          ))}
          {title === 'Studio and notifications' && <SendTest />}
        </details>
      ))}
      <div class="save-bar">
        <span role="status">{count === 0 ? words.nothing : words.changed(count)}</span>
        <button type="button" class="plain" disabled={count === 0 || isSaving.value} onClick={discard}>
          {words.revert}
        </button>
        <button type="submit" class="primary" disabled={count === 0 || isSaving.value}>
          {words.save}
        </button>
      </div>
    </form>
  );
}

/** Moves to the first field that was refused, wherever it is. */
function showRefused(form: HTMLFormElement | null): void {
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid=true]');
  const group = wrong?.closest('details');
  if (group) group.open = true;
  // Not below the header or the bar.
  wrong?.scrollIntoView({ block: 'center' });
  wrong?.focus({ preventScroll: true });
}

function Setting({ setting }: { readonly setting: SettingView }) {
  if (setting.name === 'BADMINTON_CLUB_LOGO') return <LogoField setting={setting} />;
  if (setting.name === 'BADMINTON_PUBLISH_TARGET') return <TargetField setting={setting} />;
  const named: Readonly<Record<string, readonly string[] | undefined>> = {
    BADMINTON_TEMPLATE: about.value?.templates,
    BADMINTON_THEME: about.value?.themes.map(({ name }) => name),
  };
  return <SettingField setting={setting} choices={named[setting.name] ?? setting.choices} />;
}
