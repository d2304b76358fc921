/** How much of a limit is used. */
export function Count({ used, most, of }: { readonly used: number; readonly most: number; readonly of: string }) {
  return (
    <small class={used > most ? 'count-line over' : 'count-line'}>
      {used} of {most} {of}
    </small>
  );
}
