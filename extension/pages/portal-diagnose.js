// Page script: hands the portal's page over as it stands, once for each time the engineer asks what is found and missed on it.
import { listen } from './common/listen.js';

listen('tetherDiagnose', {
  diagnose_portal: async () => ({
    kind: 'page',
    url: location.href,
    html: document.documentElement.outerHTML,
  }),
});
