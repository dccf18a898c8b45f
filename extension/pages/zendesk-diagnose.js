// Page script: counts what the profile's selectors find on Zendesk's page. Nothing of what stands there goes along.

import { listen } from './common/listen.js';
import { count } from './zendesk/count.js';

listen('tetherDiagnose', { diagnose_zendesk: async (job) => count(job) });
