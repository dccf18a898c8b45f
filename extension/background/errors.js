// What an error says.

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** What kind of error it is, without what it says. @param {unknown} error */
export const nameOf = (error) =>
  error instanceof Error && /^\w{1,40}$/.test(error.name) ? error.name : 'unknown';
