// Page script: hands over the portal's page as it is, once for each time the engineer asks what is found and missed on it.
import { listen } from './common/listen.js';

listen('tetherDiagnose', {
  diagnose_portal: async () => ({
    kind: 'page',
    url: location.href,
    html: document.documentElement.outerHTML,
  }),
});
