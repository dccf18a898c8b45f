// Page script: counts what the profile's selectors find on Zendesk's page. It sends none of the page's content.

import { listen } from './common/listen.js';
import { count } from './zendesk/count.js';

listen('tetherDiagnose', { diagnose_zendesk: async (job) => count(job) });
