/** Where a file is written before it is whole. */
export const partialFile = (file: string, attempt: string): string => `${file}.${attempt}.partial`;
