import { byteLength, tidyLine, tidyParagraphs } from './text.ts';

/** In UTF-16 code units, the strictest way to count the 100 characters of "YouTube Data API: Videos, snippet.title". */
export const maxTitleLength = 100;
/** In bytes of UTF-8: "YouTube Data API: Videos, snippet.description". */
export const maxDescriptionBytes = 5000;
/** For the whole list: "YouTube Data API: Videos, snippet.tags[]". */
export const maxTagsLength = 500;
/** YouTube ignores all hashtags of a video that has more: "YouTube Help: Use hashtags for video search". */
export const maxHashtags = 60;

/** What YouTube would refuse in a title, one sentence each; empty if it is fine. */
export function validateTitle(title: string): string[] {
  const length = tidyLine(title).length;
  return [
    ...(length === 0 ? ['The title is empty.'] : []),
    ...(length > maxTitleLength ? [`The title has ${length} characters; YouTube takes ${maxTitleLength}.`] : []),
    ...(/\p{Cc}|[\u2028\u2029]/u.test(title) ? ['The title must be a single line without control characters.'] : []),
    ...validateCharacters('title', title),
  ];
}

/** What YouTube would refuse in a description, one sentence each; empty if it is fine. */
export function validateDescription(description: string): string[] {
  const bytes = byteLength(tidyParagraphs(description));
  return [
    ...(bytes > maxDescriptionBytes
      ? [
          `The description has ${bytes} bytes; YouTube takes ${maxDescriptionBytes} (an accented letter takes two or three).`,
        ]
      : []),
    ...validateCharacters('description', description),
  ];
}

function validateCharacters(what: string, text: string): string[] {
  return [
    ...(/[<>]/.test(text) ? [`The ${what} holds "<" or ">", which YouTube refuses.`] : []),
    ...(text.isWellFormed() ? [] : [`The ${what} contains half a character (a broken surrogate).`]),
  ];
}
