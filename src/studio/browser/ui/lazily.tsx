import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

/** A part of the page that most visits do without: its code comes when it is first shown. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return (props: Props) => {
    const part = useSignal({ Part: loaded });
    const isMissing = useSignal(false);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (Part) => {
          loaded = Part;
          part.value = { Part };
        },
        // No network, or the program was updated meanwhile and no longer has it.
        () => {
          isMissing.value = true;
        },
      );
    }, []);
    const { Part } = part.value;
    if (Part) return <Part {...props} />;
    if (!isMissing.value) return <p class="booting">Opening …</p>;
    return (
      <div class="booting" role="alert">
        <p>This part of the page could not be loaded.</p>
        <button type="button" onClick={() => location.reload()}>
          Load the page again
        </button>
      </div>
    );
  };
}
