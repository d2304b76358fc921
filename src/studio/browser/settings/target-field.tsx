import { useEffect } from 'preact/hooks';
import type { SwitchView } from '../../server/publishing-desk.ts';
import type { SettingView } from '../../server/settings-desk.ts';
import { wordsHere } from '../../words-here.ts';
import { api, ask } from '../api.ts';
import { readAbout } from '../state/about.ts';
import { tell } from '../state/toasts.ts';
import { useAsked, useQuestion } from '../ui/asked-once.ts';
import { Dialog } from '../ui/dialog.tsx';
import { readSettings } from './draft.ts';
import { labelOf } from './labels.ts';
import { lockOf } from './setting-field.tsx';
import { words } from './words.ts';
import { readAccount } from './youtube-account.tsx';

const { target } = words;

/** Where videos go: changed with a question of its own, which names the channel. */
export function TargetField({ setting }: { readonly setting: SettingView }) {
  const { isAsking, button, open, close } = useQuestion();
  const { name, about, value = 'local' } = setting;
  const lock = lockOf(setting);
  const isReal = value === 'youtube';
  return (
    <div class="setting">
      <div class="setting-name">
        <b>{labelOf(name)}</b>
        <code class="soft">{name}</code>
      </div>
      <p>{isReal ? target.real : target.rehearsal}</p>
      <p class="soft">
        {about} {lock ?? target.applies}
      </p>
      {!lock && (
        <button ref={button} type="button" class="plain" onClick={open}>
          {isReal ? target.toRehearsals : target.toReal} …
        </button>
      )}
      {isAsking.value && <Question isReal={isReal} onClose={close} />}
    </div>
  );
}

function Question({ isReal, onClose }: { readonly isReal: boolean; readonly onClose: () => void }) {
  const { found, problem, isBusy, look, attempt } = useAsked(() => ask<SwitchView>(api.target.$get()));
  const { value: shown } = found;
  // Somebody may have switched meanwhile, elsewhere: what the button does is what the server says.
  const switches = (shown ? shown.to === 'local' : isReal) ? target.toRehearsals : target.toReal;
  const isStale = shown !== undefined && (shown.from === 'youtube') !== isReal;
  useEffect(() => {
    if (isStale) void attempt(() => Promise.all([readSettings(), readAbout()]));
  }, [isStale]);
  const toSignIn = () => {
    onClose();
    location.hash = 'youtube';
  };
  const confirm = (to: SwitchView) =>
    attempt(async () => {
      await ask(api.target.$post({ json: wishOf(to) }));
      await Promise.all([readSettings(), readAbout(), readAccount()]);
      tell({ kind: 'done', text: to.channel ? target.goTo(to.channel.title) : target.goToRehearsals });
      onClose();
    });
  return (
    <Dialog title={switches} isOpen onClose={onClose}>
      <div class="target-question" aria-live="polite">
        {!shown && !problem.value && <p>{target.asking}</p>}
        {shown?.problem && (
          <p class="problem-text">
            {shown.needsSignIn && target.signInFirst} {wordsHere(shown.problem)}
          </p>
        )}
        {problem.value && <p class="problem-text">{problem.value}</p>}
        {shown && shown.becomes.length > 0 && (
          <ul>
            {shown.becomes.map((sentence) => (
              <li key={sentence}>{wordsHere(sentence)}</li>
            ))}
          </ul>
        )}
        <div class="account-actions">
          {shown && !shown.problem && (
            <button type="button" class="primary" disabled={isBusy.value} onClick={() => void confirm(shown)}>
              {switches}
            </button>
          )}
          {shown?.needsSignIn && (
            <button type="button" class="primary" onClick={toSignIn}>
              {words.youtube.signIn}
            </button>
          )}
          {(problem.value || (shown?.problem && !shown.needsSignIn)) && (
            <button type="button" class="plain" disabled={isBusy.value} onClick={() => void look()}>
              {target.again}
            </button>
          )}
          <button type="button" class="plain" onClick={onClose}>
            {target.leave}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

const wishOf = ({ to, channel }: SwitchView) =>
  to === 'youtube' ? { to, channelId: channel?.id ?? '' } : ({ to } as const);
