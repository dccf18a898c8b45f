// Page script: whether the ticket's page shows what was saved through the API.
import { listen } from './common/listen.js';
import { showsSaved } from './zendesk/shows-saved.js';

listen('tetherShown', { look_at_ticket: showsSaved });
