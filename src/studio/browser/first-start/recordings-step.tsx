import { find } from '../settings/draft.ts';
import { SettingField } from '../settings/setting-field.tsx';
import { about } from '../state/about.ts';
import { FolderWaits } from './folder-waits.tsx';
import { NameBuilder } from './name-builder.tsx';
import { words } from './words.ts';

/** The page and the folder, and how a file's name says which match it is. */
export function RecordingsStep({ onDone }: { readonly onDone: () => void }) {
  const folder = find('INPUT_DIR');
  const { recordings } = words;
  return (
    <>
      <p>
        <b>{recordings.page}</b> {recordings.pageAbout}
      </p>
      <p>
        <b>{recordings.folder}</b> {recordings.folderAbout} {about.value && <code>{about.value.inputFolder}</code>}
      </p>
      <FolderWaits />
      <form
        aria-labelledby="first-start-name"
        onSubmit={(event) => {
          event.preventDefault();
          onDone();
        }}
      >
        {folder && <SettingField setting={folder} />}
      </form>
      <h2>{recordings.naming}</h2>
      <p>{recordings.namingAbout}</p>
      <NameBuilder />
      <p>{recordings.noHarm}</p>
    </>
  );
}
