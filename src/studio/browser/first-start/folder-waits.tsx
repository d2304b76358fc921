import { find, view } from '../settings/draft.ts';
import { RestartProgram } from '../settings/restart-program.tsx';
import { words } from './words.ts';

/** Where another input folder was chosen: that it counts after a restart, and the restart where that can be asked for. */
export function FolderWaits() {
  const folder = find('INPUT_DIR');
  if (!folder?.waits && view.value?.canRestart !== true) return null;
  const { recordings } = words;
  return (
    <>
      {folder?.waits && (
        <p class="hint">
          {recordings.waits(folder.value ?? recordings.usual)}
          {view.value?.canRestart !== true && ` ${recordings.restartByHand}`}
        </p>
      )}
      <RestartProgram />
    </>
  );
}
