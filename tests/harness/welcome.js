/** The page that an extension opens after installing. It would cover whatever a test opens. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const WELCOME = 'options/welcome.html';

/**
 * Whether the extension opens one: if it has one, in a new profile, and without a policy.
 * @param {import("./browser.js").LaunchOptions} options
 */
export const greets = ({ extension, profileDir, policy, policyFile }) =>
  profileDir === undefined &&
  policy === undefined &&
  policyFile === undefined &&
  existsSync(join(extension, WELCOME));
