import { Dialog } from '../ui/dialog.tsx';

const keys: [string, string][] = [
  ['→ or L', 'next frame'],
  ['← or H', 'previous frame'],
  ['1 … 9', 'that frame'],
  ['S or Enter', 'choose, and open the next video'],
  ['U', 'undo the last choice, for ten seconds'],
  ['P', 'keep this as the best so far, beside the next'],
  ['Esc', 'end comparing, cropping, or looking at another moment'],
  ['C', 'crop: drag the box, or arrow keys and + −'],
  ['E', 'correct the match'],
  ['M', 'to the scrubber: ← → by frame, with Shift or ↑ ↓ by second'],
  ['Space', 'play from the moment shown, and pause'],
  ['K', 'keep the moment of the scrubber as a candidate'],
  ['?', 'this list'],
];

export function KeyHelp({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={onClose}>
      <dl class="keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
