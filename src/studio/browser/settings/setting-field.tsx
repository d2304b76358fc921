import type { SettingView } from '../../server/settings-desk.ts';
import { isAtTheMachine } from '../state/reachable.ts';
import { tellProblem } from '../state/toasts.ts';
import { keptValue, refused, type, typed, unset } from './draft.ts';
import { choiceLabel, labelOf } from './labels.ts';
import { words } from './words.ts';

/** One setting: its value, what it is, when a change applies, and why it cannot be changed here. */
export function SettingField({
  setting,
  choices = setting.choices,
}: {
  readonly setting: SettingView;
  readonly choices?: readonly string[] | undefined;
}) {
  const { name, about, kind, example, isSecret, otherwise, source } = setting;
  const lock = lockOf(setting);
  const value = typed.value[name] ?? keptValue(setting);
  const problem = refused.value[name];
  const id = `setting-${name}`;
  const field = {
    ...{ id, name, value, disabled: lock !== undefined },
    'aria-describedby': `${id}-about`,
    'aria-invalid': problem !== undefined,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
      type(name, currentTarget.value),
  };
  const isSet = isSecret && source !== 'default';
  const text = {
    ...field,
    ...{ autocomplete: 'off', spellcheck: false },
    placeholder: isSet ? words.secretIsSet : words.unset(otherwise),
  } as const;
  return (
    <div class="setting">
      <div class="setting-name">
        <label for={id}>{labelOf(name)}</label>
        <code class="soft">{name}</code>
      </div>
      {choices ? (
        <select {...field}>
          <option value="">{words.unset(words.choice(choiceLabel(name, otherwise), otherwise))}</option>
          {[...new Set([...choices, value])].filter(Boolean).map((choice) => (
            <option key={choice} value={choice}>
              {words.choice(choiceLabel(name, choice), choice)}
            </option>
          ))}
        </select>
      ) : isSecret ? (
        <input {...text} type="password" />
      ) : (
        <input {...text} type="text" />
      )}
      <p class="soft" id={`${id}-about`}>
        {problem !== undefined && <b class="problem-text">It {problem}. </b>}
        {about} {!choices && <span>({[kind, example && `such as ${example}`].filter(Boolean).join(', ')}) </span>}
        {lock ?? words.applies[setting.applies]}
        {setting.waits && <b class="hint"> {words.waits}</b>}
      </p>
      {isSet && source === 'settings.json' && !lock && (
        <button type="button" class="plain" onClick={() => void unset(name).catch(tellProblem)}>
          {words.removeSecret}
        </button>
      )}
    </div>
  );
}

type Fixed = keyof typeof words.fixedBy;

/** Set by something that takes precedence over what is kept here. */
export const isFixed = (source: SettingView['source']): source is Fixed => source in words.fixedBy;

/** Why it cannot be changed here. */
export function lockOf({ source, changeFrom }: SettingView): string | undefined {
  if (isFixed(source)) return words.fixedBy[source];
  if (changeFrom === 'terminal') return words.terminalOnly;
  if (changeFrom === 'environment') return words.environmentOnly;
  return changeFrom === 'machine' && !isAtTheMachine ? words.machineOnly : undefined;
}
