/** Style sheets are bundled; importing one says only that it is needed. */
declare module '*.css';
