// Page script: counts what the profile's selectors find on Zendesk's page. Nothing of what stands there goes along.

import { count } from './zendesk/count.js';
import { listen } from './zendesk/listen.js';

listen('tetherDiagnose', { diagnose_zendesk: async (job) => count(job) });
