// Page script: hands over the portal's page as it is, once each time the engineer presses `Diagnose
// this page`.
import { listen } from './common/listen.js';

listen('tetherDiagnose', {
  diagnose_portal: async () => ({
    kind: 'page',
    url: location.href,
    html: document.documentElement.outerHTML,
  }),
});
