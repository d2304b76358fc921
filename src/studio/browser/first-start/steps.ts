/** In the order in which they are led through. */
export const steps = ['club', 'recordings', 'youtube', 'phone'] as const;
/** With what comes after them. */
export const places = [...steps, 'end'] as const;
export type Place = (typeof places)[number];

/** The part of the address after `/first-start`; without one, it begins at the beginning. */
export const placeIn = (part: string | undefined): Place => places.find((place) => place === part) ?? 'club';

export const addressOfPlace = (place: Place): string => `/first-start/${place}`;

export const after = (place: Place): Place => places[places.indexOf(place) + 1] ?? 'end';
export const before = (place: Place): Place | undefined => places[places.indexOf(place) - 1];
