// Pages that rails_admin does not make: sign-in, redirects and errors.

import { escapeHtml } from '../world-build.js';

/** @param {string} csrf */
export function signInPage(csrf) {
  const token = escapeHtml(csrf);
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <title>Sign in · GitLab Customers Portal Admin</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="csrf-param" content="authenticity_token" />
    <meta name="csrf-token" content="${token}" />
    <link rel="stylesheet" media="all" href="/assets/rails_admin/application-standin.css" />
  </head>
  <body class="admin-sign-in">
    <main>
      <h1>Sign in to the admin panel</h1>
      <form class="button_to" method="post" action="/admin/auth/okta"><input class="btn btn-confirm" data-turbo="false" type="submit" value="Sign in with Okta" /><input type="hidden" name="authenticity_token" value="${token}" autocomplete="off" /></form>
    </main>
  </body>
</html>
`;
}

/** @param {string} location */
export function movedPage(location) {
  return `<html><body>You are being <a href="${escapeHtml(location)}">redirected</a>.</body></html>`;
}

/** A page that the web server keeps as a file. @param {string} title */
export function errorPage(title) {
  return `<!DOCTYPE html>
<html>
<head>
  <title>${escapeHtml(title)}</title>
  <meta name="viewport" content="width=device-width,initial-scale=1">
</head>
<body class="rails-default-error-page">
  <div class="dialog">
    <div>
      <h1>${escapeHtml(title.replace(/ \(\d+\)$/, '.'))}</h1>
    </div>
    <p>If you are the application owner check the logs for more information.</p>
  </div>
</body>
</html>
`;
}
