/** It brings no types of its own; of its functions the tests use one. */
declare module 'js-yaml' {
  export function load(text: string): unknown;
}
