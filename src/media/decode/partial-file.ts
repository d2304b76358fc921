/** Where a file is written until it is complete. */
export const partialFile = (file: string, attempt: string): string => `${file}.${attempt}.partial`;
