import { usePreview } from '../state/previews.ts';
import { correctionsOf, type DeskSession, type Frame } from '../state/session.ts';

interface Props {
  readonly session: DeskSession;
  readonly frame: Frame | undefined;
  /** The frame's exact time is known. */
  readonly isReady: boolean;
}

/** The thumbnail as it would be published: drawn by the renderer that will draw it then. */
export function ThumbnailPreview({ session, frame, isReady }: Props) {
  const wish =
    frame && isReady && session.view.value?.recording
      ? { id: session.id, frame, look: session.look.value, corrections: correctionsOf(session) }
      : undefined;
  const { shown, problem, isDrawing } = usePreview(wish);
  const { value: preview } = shown;
  return (
    <figure class={isDrawing.value ? 'preview drawing' : 'preview'}>
      {preview ? (
        <img
          src={preview.url}
          alt="The thumbnail of this frame"
          data-template={preview.template}
          data-theme={preview.theme}
        />
      ) : (
        <span class="blank" />
      )}
      {problem.value && <figcaption class="problem-text">{problem.value}</figcaption>}
      {preview?.warnings.map((warning) => (
        <figcaption key={warning} class="hint">
          {warning}
        </figcaption>
      ))}
    </figure>
  );
}
