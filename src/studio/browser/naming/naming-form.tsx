import { MatchFields } from '../choose/match-fields.tsx';
import { leaveUnsaid, type Naming, settle, wishesOf } from './naming.ts';

interface Props {
  readonly naming: Naming;
  /** The file's, which tells its form from the others. */
  readonly name: string;
  /** What the main button does. */
  readonly action: string;
  readonly onDone: () => void;
}

/** Which match a recording is, said before it is started. */
export function NamingForm({ naming, name, action, onDone }: Props) {
  const { named, typed, changedOn } = naming;
  const wishes = wishesOf(naming);
  return (
    <form
      class="naming"
      aria-label={`Match in ${name}`}
      onSubmit={(event) => {
        event.preventDefault();
        moveOn(event.currentTarget);
        settle(naming);
        onDone();
      }}
    >
      <MatchFields
        wishes={wishes}
        named={named}
        areRequired
        onSet={(correction) => {
          typed.value = { ...typed.peek(), ...correction };
        }}
      />
      <label>
        Date of the match
        <input
          type="date"
          required
          value={wishes.date ?? changedOn}
          onInput={({ currentTarget }) => {
            const { date: _, ...rest } = typed.peek();
            typed.value = currentTarget.value ? { ...rest, date: currentTarget.value } : rest;
          }}
        />
        <small class="soft">
          The file’s. If the recording itself has another, that counts, unless you change this.
        </small>
      </label>
      <div class="naming-buttons">
        <button type="submit" class="primary">
          {action}
        </button>
        <button
          type="button"
          class="quiet"
          onClick={({ currentTarget }) => {
            if (currentTarget.form) moveOn(currentTarget.form);
            leaveUnsaid(naming);
            onDone();
          }}
        >
          {named ? 'As the file name says' : 'Say it later'}
        </button>
      </div>
    </form>
  );
}

/** The form is about to go: the focus moves to the next one, or else to the recording that it was for. */
function moveOn(form: HTMLFormElement): void {
  const forms = [...(form.closest('ul')?.querySelectorAll<HTMLFormElement>('form.naming') ?? [])];
  const next = forms[forms.indexOf(form) + 1]?.querySelector<HTMLElement>('select');
  const row = form.closest('li');
  if (row) row.tabIndex = -1;
  (next ?? row)?.focus();
}
