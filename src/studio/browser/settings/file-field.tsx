interface Props {
  readonly id: string;
  readonly label: string;
  readonly accept: string;
  readonly isDisabled: boolean;
  readonly onFile: (file: File) => void;
  /** What was wrong with the last one. */
  readonly problem: string | undefined;
  readonly about: string;
}

/** A file that is sent as soon as it is chosen; the same one can be chosen again. */
export function FileField({ id, label, accept, isDisabled, onFile, problem, about }: Props) {
  return (
    <>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-describedby={`${id}-about`}
        disabled={isDisabled}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) onFile(file);
          currentTarget.value = '';
        }}
      />
      <p class="soft" id={`${id}-about`}>
        {problem && <b class="problem-text">{problem} </b>}
        {about}
      </p>
    </>
  );
}
