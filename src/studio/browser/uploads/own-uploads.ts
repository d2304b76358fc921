const place = 'studio-uploads';

/** Ids of what this tab was sending: they survive its reload, and so does the question for the files. */
export function ownUploads(): ReadonlySet<string> {
  try {
    const ids: unknown = JSON.parse(sessionStorage.getItem(place) ?? '[]');
    return new Set(Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []);
  } catch {
    return new Set();
  }
}

export const rememberOwn = (id: string) => keep(new Set(ownUploads()).add(id));

export function forgetOwn(id: string): void {
  const ids = new Set(ownUploads());
  ids.delete(id);
  keep(ids);
}

const keep = (ids: ReadonlySet<string>) => sessionStorage.setItem(place, JSON.stringify([...ids]));
