/** The picture by which a person knows the match, or its place while there is none. */
export function FirstFrame({ picture, name }: { readonly picture: string | undefined; readonly name: string }) {
  return (
    <span class="first-frame">
      {picture && (
        <img
          src={picture}
          alt={`The beginning of ${name}`}
          loading="lazy"
          onError={({ currentTarget }) => (currentTarget.hidden = true)}
        />
      )}
    </span>
  );
}
