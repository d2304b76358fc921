import type { usePreview } from '../state/previews.ts';

/** The thumbnail as it would be published: drawn by the renderer that will draw it then. */
export function ThumbnailPreview({ shown, problem, isDrawing }: ReturnType<typeof usePreview>) {
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
