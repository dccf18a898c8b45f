// Page script: writes through Zendesk's API.
import { listen } from './zendesk/listen.js';
import { request } from './zendesk/request.js';

listen('tetherRequest', { request });
