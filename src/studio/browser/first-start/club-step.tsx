import { ClubPreview } from '../settings/club-preview.tsx';
import { find } from '../settings/draft.ts';
import { LogoField } from '../settings/logo-field.tsx';
import { SettingField } from '../settings/setting-field.tsx';
import { words } from './words.ts';

/** Name and logo, beside a thumbnail that shows them. */
export function ClubStep({ onDone }: { readonly onDone: () => void }) {
  const [name, logo] = [find('CLUB_NAME'), find('CLUB_LOGO')];
  return (
    <form
      aria-labelledby="first-start-name"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
    >
      <p>{words.club.about}</p>
      {name && <SettingField setting={name} />}
      {logo && <LogoField setting={logo} />}
      <ClubPreview />
    </form>
  );
}
