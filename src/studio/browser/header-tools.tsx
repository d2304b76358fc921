import { words } from './published/words.ts';
import { about } from './state/about.ts';
import { bellWords, notifies, permission, toggleNotifications } from './state/permission.ts';
import { go } from './state/route.ts';
import { nextScheme, scheme } from './state/theme.ts';
import { Icon, type IconName } from './ui/icon.tsx';

const menu = 'header-tools';

/** What the header has room for only on a wide window; on a narrow one a menu holds it. */
export function HeaderTools({ onAdd, onDevices }: { readonly onAdd: () => void; readonly onDevices: () => void }) {
  const close = () => document.getElementById(menu)?.hidePopover();
  return (
    <>
      <button type="button" class="quiet more" popovertarget={menu} aria-label="More">
        <Icon name="more" />
      </button>
      <div id={menu} class="header-tools" popover="auto" role="group" aria-label="More">
        <Tool
          kind="narrowest-only"
          icon="plus"
          words="Add recordings"
          onPress={() => {
            close();
            onAdd();
          }}
        />
        <Tool
          kind="not-roomy"
          icon="film"
          words={words.title}
          onPress={() => {
            close();
            go('/published');
          }}
        />
        {permission.value !== 'impossible' && (
          <Tool
            icon={notifies.value === 'on' ? 'bell' : 'bellOff'}
            words={bellWords[notifies.value]}
            onPress={() => {
              // What is said then would be below the menu.
              if (notifies.peek() === 'blocked') close();
              void toggleNotifications();
            }}
          />
        )}
        <Tool
          icon="phone"
          words="Paired devices"
          onPress={() => {
            // First, so that the window gives the focus back to the button of the menu.
            close();
            onDevices();
          }}
        />
        {about.value?.isAdministrator && (
          <Tool
            icon="sliders"
            words="Settings"
            onPress={() => {
              close();
              go('/settings');
            }}
          />
        )}
        <Tool icon={schemeIcons[scheme.value]} words={schemeWords[scheme.value]} onPress={nextScheme} />
      </div>
    </>
  );
}

const schemeWords = { auto: 'Colours: as the system', light: 'Colours: light', dark: 'Colours: dark' };
const schemeIcons = { auto: 'auto', light: 'sun', dark: 'moon' } as const;

interface ToolProps {
  readonly kind?: string;
  readonly icon: IconName;
  readonly words: string;
  readonly onPress: () => void;
}

function Tool({ kind = '', icon, words, onPress }: ToolProps) {
  return (
    <button type="button" class={`quiet ${kind}`} title={words} aria-label={words} onClick={onPress}>
      <Icon name={icon} />
      <span>{words}</span>
    </button>
  );
}
